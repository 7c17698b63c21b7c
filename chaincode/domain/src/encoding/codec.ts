// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { Json } from './json.js';

/** JSON Schema of a codec's wire form, for the reference documents and the HTTP description. */
export type Schema = Readonly<Record<string, Json>>;

/** Both directions between a wire value and a domain value. `decode` throws INVALID_ARGUMENT naming the field. */
export interface Codec<T> {
    readonly schema: Schema;
    decode(value: Json | undefined, field: string): T;
    encode(value: T): Json;
}

export type Decoded<C> = C extends Codec<infer T> ? T : never;

/** Refuses a field; the reason never echoes what was sent. */
export function invalid(field: string, reason: string): never {
    return refuse('INVALID_ARGUMENT', { field, reason });
}

/** Text that matches the pattern. */
export function text(pattern: RegExp, description: string): Codec<string> {
    return {
        schema: { type: 'string', pattern: pattern.source, description },
        decode: (value, field) => {
            if (typeof value !== 'string' || !pattern.test(value)) invalid(field, `not a ${description}`);
            return value;
        },
        encode: (value) => value,
    };
}

/** Free text of so many UTF-16 units, without control, zero-width and direction characters. */
export function freeText(lengthMax: number, lengthMin = 0): Codec<string> {
    return {
        schema: { type: 'string', minLength: lengthMin, maxLength: lengthMax },
        decode: (value, field) => {
            if (typeof value !== 'string' || value.length < lengthMin || value.length > lengthMax)
                invalid(field, `not text of ${String(lengthMin)} to ${String(lengthMax)} characters`);
            if (/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(value)) {
                invalid(field, 'text with control characters');
            }
            return value;
        },
        encode: (value) => value,
    };
}

/** One of a closed list of words. */
export function oneOf<const W extends string>(words: readonly W[], description?: string): Codec<W> {
    return {
        schema: { type: 'string', enum: words, ...(description !== undefined && { description }) },
        decode: (value, field) =>
            words.find((word) => word === value) ?? invalid(field, `not one of ${words.join(', ')}`),
        encode: (value) => value,
    };
}

/** A JSON integer between the bounds, both included. */
export function integer(minimum: number, maximum: number, description?: string): Codec<number> {
    return {
        schema: { type: 'integer', minimum, maximum, ...(description !== undefined && { description }) },
        decode: (value, field) => {
            if (typeof value !== 'number' || value < minimum || value > maximum) {
                invalid(field, `not an integer from ${String(minimum)} to ${String(maximum)}`);
            }
            return value;
        },
        encode: (value) => value,
    };
}

export const boolean: Codec<boolean> = {
    schema: { type: 'boolean' },
    decode: (value, field) => (typeof value === 'boolean' ? value : invalid(field, 'not true or false')),
    encode: (value) => value,
};

/** A list of at most `countMax` items, and at least `countMin`. */
export function list<T>(item: Codec<T>, countMax: number, countMin = 0): Codec<readonly T[]> {
    return {
        schema: { type: 'array', items: item.schema, maxItems: countMax, ...(countMin > 0 && { minItems: countMin }) },
        decode: (value, field) => {
            if (!Array.isArray(value) || value.length > countMax || value.length < countMin)
                invalid(field, `not a list of ${String(countMin)} to ${String(countMax)}`);
            return (value as readonly Json[]).map((entry, index) => item.decode(entry, `${field}[${String(index)}]`));
        },
        encode: (value) => value.map((entry) => item.encode(entry)),
    };
}

/** The value, or null for none. */
export function nullable<T>(inner: Codec<T>): Codec<T | null> {
    return {
        schema: { anyOf: [inner.schema, { type: 'null' }] },
        decode: (value, field) => (value === null ? null : inner.decode(value, field)),
        encode: (value) => (value === null ? null : inner.encode(value)),
    };
}

type Fields = Readonly<Record<string, Codec<unknown>>>;
type Members<F extends Fields> = { readonly [K in keyof F]: Decoded<F[K]> };

/** An object with exactly these fields: a missing or unknown field is refused. */
export function object<F extends Fields>(fields: F): Codec<Members<F>> {
    const names = Object.keys(fields);
    const codecs = Object.entries<Codec<unknown>>(fields);
    return {
        schema: {
            type: 'object',
            properties: Object.fromEntries(codecs.map(([name, codec]) => [name, codec.schema])),
            required: names,
            additionalProperties: false,
        },
        decode: (value, field) => {
            const members = plainObject(value, field);
            for (const name of Object.keys(members)) {
                if (!Object.hasOwn(fields, name)) invalid(join(field, name.slice(0, 64)), 'an unknown field');
            }
            // The names are those of the table, never the sender's.
            const decoded: Record<string, unknown> = {};
            for (const [name, codec] of codecs) decoded[name] = codec.decode(members[name], join(field, name));
            return decoded as Members<F>;
        },
        encode: (value) => {
            const encoded: Record<string, Json> = {};
            for (const [name, codec] of codecs) encoded[name] = codec.encode(value[name as keyof F]);
            return encoded;
        },
    };
}

/** A map from free keys to values of one kind. */
export function record<T>(value: Codec<T>): Codec<Readonly<Record<string, T>>> {
    return {
        schema: { type: 'object', additionalProperties: value.schema },
        decode: (json, field) =>
            Object.fromEntries(
                Object.entries(plainObject(json, field)).map(([name, member]) => [
                    name,
                    value.decode(member, join(field, name.slice(0, 64))),
                ]),
            ),
        encode: (members) =>
            Object.fromEntries(Object.entries(members).map(([name, member]) => [name, value.encode(member)])),
    };
}

function plainObject(value: Json | undefined, field: string): Readonly<Record<string, Json>> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) invalid(field, 'not an object');
    return value as Readonly<Record<string, Json>>;
}

function join(field: string, name: string): string {
    return field === '' ? name : `${field}.${name}`;
}
