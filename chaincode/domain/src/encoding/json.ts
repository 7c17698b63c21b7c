// SPDX-License-Identifier: Apache-2.0

/** The JSON values of the ledger. Numbers are safe integers; amounts and energy travel as decimal strings. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON number exactly as it was written, for files whose digest depends on the spelling (Q30). */
export class NumberToken {
    readonly text: string;

    constructor(text: string) {
        this.text = text;
    }
}

/** JSON with its number tokens kept verbatim; every {@link Json} is one too. */
export type LosslessJson =
    null | boolean | number | NumberToken | string | readonly LosslessJson[] | { readonly [key: string]: LosslessJson };

/** Deepest nesting any document of the ledger may have. */
export const jsonDepthMax = 16;
