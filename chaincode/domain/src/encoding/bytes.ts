// SPDX-License-Identifier: Apache-2.0

/** UTF-8 bytes of well-formed text. The domain has no TextEncoder: it compiles without platform types. */
export function utf8(text: string): Uint8Array {
    const bytes = new Uint8Array(3 * text.length);
    let at = 0;
    for (let index = 0; index < text.length; index++) {
        const unit = text.charCodeAt(index);
        if (unit < 0x80) {
            bytes[at++] = unit;
            continue;
        }
        const point = text.codePointAt(index) ?? 0;
        if (point >= 0xd800 && point <= 0xdfff) throw new TypeError('a lone surrogate has no UTF-8 form');
        const tailCount = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        if (tailCount === 3) index++;
        bytes[at++] = leads[tailCount] | (point >> (6 * tailCount));
        for (let shift = 6 * (tailCount - 1); shift >= 0; shift -= 6) bytes[at++] = 0x80 | ((point >> shift) & 0x3f);
    }
    return bytes.slice(0, at);
}

/** The first byte of a character by how many follow it. */
const leads = { 1: 0xc0, 2: 0xe0, 3: 0xf0 } as const;

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal, two digits a byte. */
export function hex(bytes: Uint8Array): string {
    let text = '';
    for (const byte of bytes) text += hexPairs[byte] ?? '';
    return text;
}

/** Bytes of lower- or upper-case hexadecimal without prefix, or undefined if it is not hexadecimal. */
export function fromHex(text: string): Uint8Array | undefined {
    if (text.length % 2 !== 0) return undefined;
    const bytes = new Uint8Array(text.length / 2);
    for (let at = 0; at < bytes.length; at++) {
        const [high, low] = [digitOf(text.charCodeAt(2 * at)), digitOf(text.charCodeAt(2 * at + 1))];
        if (high < 0 || low < 0) return undefined;
        bytes[at] = 16 * high + low;
    }
    return bytes;
}

/** The value of a hexadecimal digit by its character code, or -1. */
function digitOf(code: number): number {
    if (code >= 48 && code <= 57) return code - 48;
    const lower = code | 32;
    return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
