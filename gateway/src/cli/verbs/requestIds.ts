// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { requestId, type RequestId } from '@power-currency/domain';
import { type Surface } from '../surface.js';

/** The id that was given (a UETR is one), or a new UUID, which is told before anything is sent. */
export function requestIdOf(given: string | undefined, surface: Surface): { readonly id: RequestId; isGiven: boolean } {
    if (given !== undefined) return { id: requestId.decode(given, '--request-id'), isGiven: true };
    const id = requestId.decode(randomUUID(), 'requestId');
    surface.note(`request id ${id}`);
    return { id, isGiven: false };
}
