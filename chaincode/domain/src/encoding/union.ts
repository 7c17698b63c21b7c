// SPDX-License-Identifier: Apache-2.0
import { type Codec, type Decoded, invalid, type Schema } from './codec.js';
import type { Json } from './json.js';

type Variants = Readonly<Record<string, Codec<object>>>;
type Union<V extends Variants> = {
    [K in keyof V & string]: { readonly kind: K } & Decoded<V[K]>;
}[keyof V & string];

/** A closed union of objects told apart by their member `kind`. */
export function union<const V extends Variants>(variants: V): Codec<Union<V>> {
    const kinds = Object.keys(variants);
    const variantOf = (kind: string): Codec<object> | undefined =>
        Object.hasOwn(variants, kind) ? variants[kind] : undefined;
    return {
        schema: { oneOf: kinds.map((kind) => withKind(kind, variantOf(kind)?.schema ?? {})) },
        decode: (value, field) => {
            if (typeof value !== 'object' || value === null || Array.isArray(value)) invalid(field, 'not an object');
            const { kind, ...facts } = value as Readonly<Record<string, Json>>;
            const variant = typeof kind === 'string' ? variantOf(kind) : undefined;
            if (variant === undefined)
                invalid(field === '' ? 'kind' : `${field}.kind`, `not one of ${kinds.join(', ')}`);
            return { ...variant.decode(facts, field), kind } as Union<V>;
        },
        encode: (value) => ({ ...(variantOf(value.kind)?.encode(value) as object), kind: value.kind }),
    };
}

function withKind(kind: string, schema: Schema): Schema {
    const { properties, required } = schema as { readonly properties: object; readonly required: readonly string[] };
    return { ...schema, properties: { ...properties, kind: { const: kind } }, required: [...required, 'kind'] };
}
