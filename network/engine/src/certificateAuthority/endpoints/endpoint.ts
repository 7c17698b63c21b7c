// SPDX-License-Identifier: Apache-2.0
import type { CertificateAuthority } from '../certificateAuthority.js';
import type { CaRequest, CaResponse } from '../request.js';

/** What one method of one path does. Refusals are thrown as CaError. */
export type Endpoint = (ca: CertificateAuthority, request: CaRequest) => CaResponse | Promise<CaResponse>;

/** `caname` as Go's `omitempty` writes it: absent when the CA has no name. */
export const caNameField = ({ settings }: CertificateAuthority): { readonly caname?: string } =>
    settings.caName === '' ? {} : { caname: settings.caName };
