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
    let size = 0;
    for (let rest = n; rest > 0; rest = Math.floor(rest / 256)) size += 1;
    const bytes = Buffer.allocUnsafe(1 + size);
    bytes[0] = size;
    for (let rest = n, at = size; at > 0; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
    return bytes;
}

// Surrogates stand for code points above U+FFFF, yet their units are smaller than U+E000…U+FFFF: swap the two ranges.
function codePointRank(unit: number): number {
    if (unit < 0xd800) {
        return unit;
    }
    return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
