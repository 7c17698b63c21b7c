// SPDX-License-Identifier: Apache-2.0
import { GoReader } from './goReader.js';

const lengthDelimited = 2;

/**
 * The raw fields that a message does not have, in their order; those it has are all length-delimited, and one of another
 * wire type is not among them. Throws what GoReader throws.
 */
export function unknownFields(message: Buffer, knownNumbers: readonly number[]): Buffer[] {
    const reader = new GoReader(message);
    const found: Buffer[] = [];
    while (reader.pos < reader.len) {
        const start = reader.pos;
        const tag = reader.tag();
        const [number, wireType] = [tag >>> 3, tag & 7];
        reader.skipType(wireType, 0, number);
        if (wireType !== lengthDelimited || !knownNumbers.includes(number)) {
            found.push(message.subarray(start, reader.pos));
        }
    }
    return found;
}
