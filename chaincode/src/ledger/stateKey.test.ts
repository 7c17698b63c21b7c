// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { decodeKey, encodeKey, keyRange } from './stateKey.js';

const character = fc.oneof(
    fc.constantFrom('~', '%', '7', 'E', '2', '5', 'a', 'é', '\u{1f600}', '~7E', '%25'),
    fc.string({ unit: 'binary', maxLength: 1 }),
);
const part = fc
    .array(character, { minLength: 1, maxLength: 6 })
    .map((characters) => characters.join(''))
    .filter((text) => text !== '' && !/[\p{Cc}\p{Cs}\u{10ffff}]/u.test(text));
const parts = fc.array(part, { minLength: 1, maxLength: 4 });

describe('a state key', () => {
    it('decodes to its parts, so different parts never share a key [V60]', () => {
        fc.assert(
            fc.property(parts, (list) => {
                expect(decodeKey(encodeKey(list))).toEqual(list);
            }),
            { numRuns: 2000 },
        );
    });

    it.each([
        ['nothing', []],
        ['an empty part', ['w', '']],
        ['U+0000', ['w\u0000x']],
        ['U+10FFFF', ['w\u{10ffff}']],
        ['a high surrogate alone', ['\ud800']],
        ['a low surrogate alone', ['\udc00']],
        ['a control character', ['\u007f']],
    ])('is not made of %s [V60]', (_name, list) => {
        expect(() => encodeKey(list)).toThrow(RangeError);
    });

    it('lies in the range of its prefix exactly if it has that prefix and more [V60]', () => {
        fc.assert(
            fc.property(parts, parts, (prefix, list) => {
                const { start, end } = keyRange(prefix);
                const [from, to, key] = [start, end, encodeKey(list)].map((text) => Buffer.from(text));
                const isInside = Buffer.compare(key!, from!) >= 0 && Buffer.compare(key!, to!) < 0;
                const isBelow = list.length > prefix.length && prefix.every((item, index) => list[index] === item);
                expect(isInside).toBe(isBelow);
            }),
            { numRuns: 2000 },
        );
    });
});
