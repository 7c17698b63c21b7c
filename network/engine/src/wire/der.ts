// SPDX-License-Identifier: Apache-2.0

/** One DER value: its tag, its content, and the whole of it with head. All are slices of the input. */
export interface DerValue {
    readonly tag: number;
    readonly content: Buffer;
    readonly raw: Buffer;
}

export const DerTag = {
    BOOLEAN: 0x01,
    INTEGER: 0x02,
    BIT_STRING: 0x03,
    OCTET_STRING: 0x04,
    OID: 0x06,
    SEQUENCE: 0x30,
} as const;

/** Bytes that are not DER, or not the structure expected in them. */
class DerError extends Error {
    constructor(message: string) {
        super(message);
        this.name = 'DerError';
    }
}

/** The value that starts at `offset`; what follows it is not looked at. */
export function readDer(bytes: Buffer, offset = 0): DerValue {
    const tag = bytes[offset];
    const first = bytes[offset + 1];
    if (tag === undefined || first === undefined) {
        throw new DerError('asn1: syntax error: data truncated');
    }
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    const start = offset + 2 + lengthBytes;
    if (first === 0x80 || lengthBytes > 4 || start > bytes.length) {
        throw new DerError('asn1: syntax error: invalid length');
    }
    const length = lengthBytes === 0 ? first : bytes.readUIntBE(offset + 2, lengthBytes);
    const end = start + length;
    if (end > bytes.length) {
        throw new DerError('asn1: syntax error: data truncated');
    }
    return { tag, content: bytes.subarray(start, end), raw: bytes.subarray(offset, end) };
}

/** The values inside a constructed value, in order. */
export function derChildren(value: DerValue): DerValue[] {
    const children: DerValue[] = [];
    for (let offset = 0; offset < value.content.length;) {
        const child = readDer(value.content, offset);
        children.push(child);
        offset += child.raw.length;
    }
    return children;
}

/** The value at a place that must have one, with its tag checked if one is given. */
export function derAt(values: readonly DerValue[], index: number, tag?: number): DerValue {
    const value = values[index];
    if (value === undefined || (tag !== undefined && value.tag !== tag)) {
        throw new DerError(`asn1: structure error: unexpected value at position ${String(index)}`);
    }
    return value;
}

export function encodeDer(tag: number, ...parts: readonly Uint8Array[]): Buffer {
    const content = Buffer.concat(parts);
    if (content.length < 0x80) {
        return Buffer.concat([Buffer.of(tag, content.length), content]);
    }
    const length = bigEndian(content.length);
    return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, content]);
}

/** A non-negative INTEGER in its shortest form. */
export function encodeDerInteger(value: number | bigint): Buffer {
    const magnitude = bigEndian(value);
    const looksNegative = (magnitude[0] ?? 0) >= 0x80;
    return encodeDer(DerTag.INTEGER, looksNegative ? Buffer.of(0) : Buffer.alloc(0), magnitude);
}

function bigEndian(value: number | bigint): Buffer {
    const hex = value.toString(16);
    return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}
