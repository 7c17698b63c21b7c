// SPDX-License-Identifier: Apache-2.0

/** The JSON values of the ledger. Numbers are safe integers; amounts and energy travel as decimal strings. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON number exactly as it was written, for files whose digest depends on the spelling (Q30). */
export interface NumberToken {
    readonly [spelling]: string;
}

const spelling: unique symbol = Symbol('spelling of a JSON number');

export function numberToken(text: string): NumberToken {
    return { [spelling]: text };
}

/** How the number was written, or undefined for any other value. */
export function spellingOf(value: LosslessJson): string | undefined {
    return typeof value === 'object' && value !== null && spelling in value ? value[spelling] : undefined;
}

/** JSON with its number tokens kept verbatim; every {@link Json} is one too. */
export type LosslessJson =
    null | boolean | number | NumberToken | string | readonly LosslessJson[] | { readonly [key: string]: LosslessJson };

/** The members of a JSON object; an empty record for any other value. */
export function members(value: LosslessJson): Readonly<Record<string, LosslessJson>> {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && spellingOf(value) === undefined ? (value as Readonly<Record<string, LosslessJson>>) : {};
}

/** Deepest nesting any document of the ledger may have. */
export const jsonDepthMax = 16;
