// SPDX-License-Identifier: Apache-2.0
import { isUtf8 } from 'node:buffer';
import { decode, encode, type Decodable, type Encodable } from '../wire/decode.js';

const replacementCharacter = Buffer.from('\u{fffd}');

/** Decodes what a chaincode sent with a request; failures carry Fabric's text. */
export function decodeRequest<T extends P, P>(type: Decodable<T> & Encodable<P>, payload: Buffer): T {
    let message: T;
    try {
        message = decode(type, payload, 'request');
    } catch (cause) {
        throw new Error('unmarshal failed: proto: cannot parse invalid wire-format data', { cause });
    }
    if (!isUtf8(payload) && hasReplacedText(encode(type, message), payload)) {
        throw new Error('unmarshal failed: string field contains invalid UTF-8');
    }
    return message;
}

/** The generated decoder replaces invalid text where Go refuses it: two keys would become one. */
function hasReplacedText(encoded: Buffer, payload: Buffer): boolean {
    return encoded.includes(replacementCharacter) && !encoded.equals(payload);
}
