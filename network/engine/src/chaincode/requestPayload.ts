// SPDX-License-Identifier: Apache-2.0
import { decode, type Decodable } from '../wire/decode.js';

/** Decodes what a chaincode sent with a request; failures carry Fabric's text. */
export function decodeRequest<T>(type: Decodable<T>, payload: Buffer): T {
    try {
        return decode(type, payload, 'request');
    } catch (cause) {
        const isText = cause instanceof Error && /utf-?8/i.test(cause.message);
        const reason = isText ? 'string field contains invalid UTF-8' : 'proto: cannot parse invalid wire-format data';
        throw new Error(`unmarshal failed: ${reason}`, { cause });
    }
}
