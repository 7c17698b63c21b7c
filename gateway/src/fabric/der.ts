// SPDX-License-Identifier: Apache-2.0

/** DER of a sequence of encoded members (X.690, §8.9). */
export function derSequence(...members: readonly Buffer[]): Buffer {
    return tagged(0x30, Buffer.concat(members));
}

/** DER of an integer that is not negative. */
export function derInteger(value: bigint): Buffer {
    const hex = value.toString(16);
    const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
    const looksNegative = (bytes[0] ?? 0) >= 0x80;
    return tagged(0x02, looksNegative ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function derOctets(bytes: Uint8Array): Buffer {
    return tagged(0x04, Buffer.from(bytes));
}

function tagged(tag: number, body: Buffer): Buffer {
    return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

/** Short form below 128, else the number of length bytes and the length (X.690, §8.1.3). */
function lengthOf(length: number): Buffer {
    if (length < 0x80) return Buffer.from([length]);
    const hex = length.toString(16);
    const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
    return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}
