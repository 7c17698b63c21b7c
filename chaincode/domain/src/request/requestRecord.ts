// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { hex } from '../encoding/bytes.js';
import { type Decoded, object, text } from '../encoding/codec.js';
import { refuse } from '../error/domainError.js';

/** What the ledger keeps of a request that was executed: a digest of the command, and the result it gave. */
export const requestRecord = object({ commandDigest: digest, result: text(/^[\s\S]*$/, 'result') });
export type RequestRecord = Decoded<typeof requestRecord>;

/**
 * The result of a request that was executed before, or undefined for a new one. Throws REQUEST_CONFLICT when the id
 * was used for another command.
 */
export function earlierResult(
    record: RequestRecord | undefined,
    requestId: string,
    commandDigest: Uint8Array,
): string | undefined {
    if (record === undefined) return undefined;
    if (hex(record.commandDigest) !== hex(commandDigest)) refuse('REQUEST_CONFLICT', { requestId });
    return record.result;
}
