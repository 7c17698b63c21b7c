// SPDX-License-Identifier: Apache-2.0
import { authenticateByToken } from '../authentication.js';
import { registerIdentity } from '../registration.js';
import { requiredFields } from '../request.js';
import type { Endpoint } from './endpoint.js';

/** POST /register */
export const register: Endpoint = async (ca, request) => {
    const fields = requiredFields(request);
    const { identity: registrar } = authenticateByToken(ca, request);
    const id = fields.string('id');
    const secret = await registerIdentity(ca, registrar, id, fields);
    return { status: 201, result: { secret }, location: identityLocation(id) };
};

export const identityLocation = (id: string): string => `/api/v1/identities/${encodeURIComponent(id)}`;
