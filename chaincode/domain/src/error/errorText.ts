// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from '../encoding/canonicalJson.js';
import { parseJson } from '../encoding/parseJson.js';
import { DomainError } from './domainError.js';
import { errorCatalogue } from './errorCatalogue.js';
import type { ErrorCode, ErrorDetails } from './errorDetails.js';

/**
 * A refusal as the ledger sends it: `CODE {canonical JSON of the details}`. The shim keeps nothing of an error
 * but its message, so the message is the wire form.
 */
export function encodeErrorText(error: DomainError): string {
    return `${error.code} ${canonicalJson(error.details)}`;
}

/**
 * Rebuilds a refusal from an error message, wherever in it the code stands: the peer puts
 * `chaincode response 500, ` before it. Returns undefined for text that is not ours.
 */
export function parseErrorText(text: string): DomainError | undefined {
    const match = /(?:^|[\s,:])([A-Z][A-Z0-9_]{2,63}) (\{.*\})\s*$/su.exec(text);
    const [code, details] = [match?.[1], match?.[2]];
    if (code === undefined || details === undefined || !isErrorCode(code)) return undefined;
    try {
        return new DomainError(code, parseJson(details) as unknown as ErrorDetails[ErrorCode]);
    } catch {
        return undefined;
    }
}

function isErrorCode(text: string): text is ErrorCode {
    return Object.hasOwn(errorCatalogue, text);
}
