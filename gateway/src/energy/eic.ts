// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';

declare const eic: unique symbol;
/** Energy Identification Code: 16 characters, the last a check character. */
export type Eic = string & { readonly [eic]: true };

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-';

/**
 * Parses an Energy Identification Code and checks its check character (ENTSO-E, "The Energy Identification Code Scheme
 * Reference Manual", chapter on the check character: weights 16…2, modulo 37).
 *
 * @throws Failure INPUT_INVALID
 */
export function parseEic(text: string): Eic {
    if (!/^[0-9]{2}[A-Z][0-9A-Z-]{12}[0-9A-Z]$/.test(text)) {
        throw new Failure('INPUT_INVALID', {
            field: 'EIC',
            problem: '16 characters, such as 10YNL----------L, are needed',
        });
    }
    const expected = checkCharacter(text.slice(0, 15));
    if (text[15] !== expected) {
        throw new Failure('INPUT_INVALID', {
            field: 'EIC',
            problem: `check character of ${text} should be ${expected}`,
        });
    }
    return text as Eic;
}

function checkCharacter(first15: string): string {
    let sum = 0;
    for (let index = 0; index < first15.length; index++) {
        sum += ALPHABET.indexOf(first15.charAt(index)) * (16 - index);
    }
    return ALPHABET.charAt(36 - ((sum - 1) % 37));
}
