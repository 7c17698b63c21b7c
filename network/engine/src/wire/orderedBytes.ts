// SPDX-License-Identifier: Apache-2.0

/** Orders strings as Go does, by their UTF-8 bytes, which is by code point and not by UTF-16 unit. */
export function compareUtf8(a: string, b: string): number {
    const shorter = Math.min(a.length, b.length);
    for (let i = 0; i < shorter; i++) {
        const unitA = a.charCodeAt(i);
        const unitB = b.charCodeAt(i);
        if (unitA !== unitB) {
            return codePointRank(unitA) - codePointRank(unitB);
        }
    }
    return a.length - b.length;
}

/** A number as bytes that sort like it: a length byte, then that many big-endian bytes (common/ledger/util). */
export function encodeOrderPreservingVarint(n: number): Buffer {
    if (!Number.isSafeInteger(n) || n < 0) {
        throw new RangeError(`not an unsigned integer: ${String(n)}`);
    }
    if (n === 0) {
        return Buffer.of(0);
    }
    const hex = n.toString(16);
    const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
    return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

// Surrogates stand for code points above U+FFFF, yet their units are smaller than U+E000…U+FFFF: swap the two ranges.
function codePointRank(unit: number): number {
    if (unit < 0xd800) {
        return unit;
    }
    return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
