// SPDX-License-Identifier: Apache-2.0

/** JSON as Go's encoder writes it: what could end a script element or a JavaScript line is escaped too. */
export const goJson = (value: unknown): string =>
    JSON.stringify(value).replace(
        /[<>&\u2028\u2029]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
