// SPDX-License-Identifier: Apache-2.0

/** One field of a protobuf message as it lies on the wire. */
export interface Field {
    readonly number: number;
    readonly wireType: number;
    /** The value without its tag; for wire type 2 without its length. */
    readonly value: Buffer;
}

export const lengthDelimited = 2;

/** The fields of a message, undefined when it is none. */
export function readFields(message: Buffer): Field[] | undefined {
    const fields: Field[] = [];
    let at = 0;
    while (at < message.length) {
        const tag = readVarint(message, at);
        if (tag === undefined || tag.value < 8) return undefined;
        const wireType = tag.value & 7;
        const size = valueSize(message, tag.end, wireType);
        if (size === undefined || size.end > message.length) return undefined;
        fields.push({ number: tag.value >>> 3, wireType, value: message.subarray(size.start, size.end) });
        at = size.end;
    }
    return fields;
}

function valueSize(message: Buffer, at: number, wireType: number): { start: number; end: number } | undefined {
    switch (wireType) {
        case 0: {
            const number = readVarint(message, at);
            return number && { start: at, end: number.end };
        }
        case 1:
            return { start: at, end: at + 8 };
        case lengthDelimited: {
            const length = readVarint(message, at);
            return length && { start: length.end, end: length.end + length.value };
        }
        case 5:
            return { start: at, end: at + 4 };
        default:
            return undefined;
    }
}

function readVarint(message: Buffer, start: number): { value: number; end: number } | undefined {
    let value = 0;
    for (let at = start; at < message.length && at < start + 10; at++) {
        value += (message[at]! & 0x7f) * 2 ** (7 * (at - start));
        if (message[at]! < 0x80) return { value, end: at + 1 };
    }
    return undefined;
}

export const writeFields = (fields: readonly Field[]): Buffer =>
    Buffer.concat(fields.map((field) => writeField(field)));

/** `tagBytes` and `lengthBytes` ask for longer varints than are needed, which are legal. */
export function writeField({ number, wireType, value }: Field, tagBytes = 0, lengthBytes = 0): Buffer {
    const tag = varint(number * 8 + wireType, tagBytes);
    return wireType === lengthDelimited
        ? Buffer.concat([tag, varint(value.length, lengthBytes), value])
        : Buffer.concat([tag, value]);
}

export function varint(value: number, bytes = 0): Buffer {
    const written: number[] = [];
    let rest = value;
    while (rest > 0x7f || written.length + 1 < bytes) {
        written.push((rest % 128) | 0x80);
        rest = Math.floor(rest / 128);
    }
    return Buffer.of(...written, rest);
}
