// SPDX-License-Identifier: Apache-2.0

/** UTF-8 bytes of well-formed text. The domain has no TextEncoder: it compiles without platform types. */
export function utf8(text: string): Uint8Array {
    const bytes: number[] = [];
    for (const character of text) {
        const point = character.codePointAt(0) ?? 0;
        if (point >= 0xd800 && point <= 0xdfff) throw new TypeError('a lone surrogate has no UTF-8 form');
        if (point < 0x80) bytes.push(point);
        else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point));
        else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point >> 6), tail(point));
        else bytes.push(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
    }
    return Uint8Array.from(bytes);
}

/** Lower-case hexadecimal, two digits a byte. */
export function hex(bytes: Uint8Array): string {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes of lower- or upper-case hexadecimal without prefix, or undefined if it is not hexadecimal. */
export function fromHex(text: string): Uint8Array | undefined {
    if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function tail(bits: number): number {
    return 0x80 | (bits & 0x3f);
}
