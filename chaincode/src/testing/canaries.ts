// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

/** A value that must not get out, with every form in which it could. */
export interface Canary {
    readonly name: string;
    readonly forms: readonly { readonly form: string; readonly bytes: Buffer }[];
}

/** A text: a wallet's name, a memo. */
export function textCanary(name: string, text: string): Canary {
    return { name, forms: formsOf('text', Buffer.from(text)) };
}

/** Bytes: a salt. Twelve or more, or they turn up by chance. */
export function bytesCanary(name: string, bytes: Uint8Array): Canary {
    return { name, forms: formsOf('bytes', Buffer.from(bytes)) };
}

/** An amount in minor units of at least 2^38, so that none of its forms turns up by chance. */
export function amountCanary(name: string, amount: bigint): Canary {
    if (amount < 1n << 38n) throw new RangeError('so small an amount is found in any data');
    const bigEndian = Buffer.from(amount.toString(16).padStart(16, '0'), 'hex');
    return {
        name,
        forms: [
            ...formsOf('decimal', Buffer.from(amount.toString())),
            { form: 'hexadecimal number', bytes: Buffer.from(amount.toString(16)) },
            ...formsOf('big-endian', bigEndian),
            { form: 'big-endian without leading zeros', bytes: Buffer.from(hexOf(amount), 'hex') },
            { form: 'little-endian', bytes: Buffer.from(bigEndian).reverse() },
            { form: 'varint', bytes: varint(amount) },
        ],
    };
}

/** Which canaries are in the data, and in which form. */
export function leaksIn(data: Uint8Array, canaries: readonly Canary[]): readonly string[] {
    const haystack = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    // Hexadecimal is written in either case.
    const lowered = Buffer.from(haystack.toString('latin1').toLowerCase(), 'latin1');
    return canaries.flatMap(({ name, forms }) =>
        forms
            .filter(({ bytes, form }) => (form.includes('hexadecimal') ? lowered : haystack).includes(bytes))
            .map(({ form }) => `${name} as ${form}`),
    );
}

/** As it is, in hexadecimal, in base64 wherever it begins in the encoded bytes, and as its hash, which is a guess away. */
function formsOf(form: string, bytes: Buffer): Canary['forms'] {
    const hash = createHash('sha256').update(bytes).digest();
    return [
        { form, bytes },
        { form: `${form} in hexadecimal`, bytes: Buffer.from(bytes.toString('hex')) },
        ...base64Forms(bytes).map((text) => ({ form: `${form} in base64`, bytes: Buffer.from(text) })),
        { form: `hash of ${form}`, bytes: hash },
        { form: `hash of ${form} in hexadecimal`, bytes: Buffer.from(hash.toString('hex')) },
    ];
}

/** The characters that encode these bytes alone, for each of the three places they can have in a group. */
function base64Forms(bytes: Buffer): readonly string[] {
    return [0, 1, 2].flatMap((offset) => {
        const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
        const first = Math.ceil((offset * 8) / 6);
        const last = Math.floor((padded.length * 8) / 6);
        return (['base64', 'base64url'] as const).map((alphabet) => padded.toString(alphabet).slice(first, last));
    });
}

function hexOf(value: bigint): string {
    const digits = value.toString(16);
    return digits.length % 2 === 0 ? digits : `0${digits}`;
}

function varint(value: bigint): Buffer {
    const bytes: number[] = [];
    let rest = value;
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    return Buffer.from([...bytes, Number(rest)]);
}
