// SPDX-License-Identifier: Apache-2.0

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of base64 or base64url, padded or not (RFC 4648 §§4, 5), or undefined if it is neither. */
export function fromBase64(text: string): Uint8Array | undefined {
    const digits = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
    if (digits.length % 4 === 1 || !/^[A-Za-z0-9+/]*$/.test(digits)) return undefined;
    const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
    let bits = 0;
    let bitCount = 0;
    let at = 0;
    for (const digit of digits) {
        bits = ((bits << 6) | alphabet.indexOf(digit)) & 0xffff;
        bitCount += 6;
        if (bitCount < 8) continue;
        bitCount -= 8;
        bytes[at++] = (bits >> bitCount) & 0xff;
    }
    return bytes;
}
