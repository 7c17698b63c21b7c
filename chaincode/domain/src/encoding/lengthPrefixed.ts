// SPDX-License-Identifier: Apache-2.0
import { utf8 } from './bytes.js';

/**
 * The parts one after the other, each behind its length in four bytes (big-endian), so that no two lists of parts have
 * the same bytes. The first part says what the bytes are for and in which version: a digest made for one purpose means
 * nothing for another.
 */
export function lengthPrefixed(purpose: string, ...parts: readonly (string | Uint8Array)[]): Uint8Array {
    return concatenated(
        [purpose, ...parts].flatMap((part) => {
            const bytes = typeof part === 'string' ? utf8(part) : part;
            return [lengthOf(bytes), bytes];
        }),
    );
}

/** The bytes of all parts in order. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
        all.set(part, at);
        at += part.length;
    }
    return all;
}

function lengthOf({ length }: Uint8Array): Uint8Array {
    return Uint8Array.of(length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff);
}
