// SPDX-License-Identifier: Apache-2.0
import { goSyntaxError } from './goSyntaxError.js';

test.each([
    ['{"a":', 'unexpected end of JSON input'],
    ['garbage', "invalid character 'g' looking for beginning of value"],
    ['[1]x', "invalid character 'x' after top-level value"],
])('%s', (json, text) => {
    let thrown: unknown;
    try {
        JSON.parse(json);
    } catch (error) {
        thrown = error;
    }
    expect(goSyntaxError(thrown, json)).toBe(text);
});
