// SPDX-License-Identifier: Apache-2.0
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonicalJson.js';
import { parseJson } from './parseJson.js';
import { JsonSyntaxError } from './scanJson.js';

const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
const json = fc.letrec((tie) => ({
    value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger(),
        text,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
})).value;

describe('canonical JSON', () => {
    it('is that of RFC 8785 (npm canonicalize) [V83]', () => {
        fc.assert(
            fc.property(json, (value) => {
                expect(canonicalJson(value)).toBe(canonicalize(value));
            }),
            { numRuns: 500 },
        );
    });

    it('comes back as it was, whatever the spaces and the order of keys', () => {
        fc.assert(
            fc.property(json, (value) => {
                expect(canonicalJson(parseJson(JSON.stringify(value, undefined, 3)))).toBe(canonicalJson(value));
            }),
            { numRuns: 500 },
        );
    });

    it.each([
        ['a fraction', 0.5],
        ['an unsafe integer', 2 ** 53],
        ['minus zero', -0],
        ['NaN', Number.NaN],
        ['infinity', Infinity],
        ['undefined', undefined],
        ['undefined in an object', { a: undefined }],
        ['a hole', Array(1)],
        ['a bigint', 1n],
        ['a function', () => 1],
        ['a date', new Date(0)],
        ['a map', new Map()],
        ['bytes', new Uint8Array(1)],
        ['a lone surrogate', '\ud800'],
        ['a lone surrogate in a key', { '\udc00': 1 }],
    ])('does not spell %s', (_name, value) => {
        expect(() => canonicalJson(value)).toThrow(TypeError);
    });
});

describe('the parser', () => {
    it('refuses whatever JSON.parse refuses', () => {
        const almost = fc
            .tuple(json, fc.nat(), fc.constantFrom('"', '\\', '{', ',', '0', '\u0001', ' ', ''))
            .map(([value, at, inserted]) => {
                const valid = JSON.stringify(value);
                const cut = at % (valid.length + 1);
                return valid.slice(0, cut) + inserted + valid.slice(cut + 1);
            });
        fc.assert(
            fc.property(almost, (candidate) => {
                let accepted: unknown;
                try {
                    accepted = parseJson(candidate);
                } catch (thrown) {
                    expect(thrown).toBeInstanceOf(JsonSyntaxError);
                    return;
                }
                expect(canonicalJson(accepted)).toBe(canonicalJson(JSON.parse(candidate)));
            }),
            { numRuns: 2000 },
        );
    });

    it.each([
        ['a duplicate key', '{"a":1,"a":1}'],
        ['a duplicate key spelled otherwise', '{"a":1,"\\u0061":1}'],
        ['a fraction', '1.0'],
        ['an exponent', '1e3'],
        ['minus zero', '-0'],
        ['an unsafe integer', '9007199254740992'],
        ['a leading zero', '01'],
        ['a lone surrogate', '"\\ud800"'],
        ['a byte order mark', '\ufeff1'],
        ['nesting beyond the limit', '['.repeat(18) + ']'.repeat(18)],
        ['two documents', '1 2'],
        ['nothing', ''],
        ['a trailing comma', '[1,]'],
        ['a comment', '/**/1'],
        ['single quotes', "{'a':1}"],
    ])('refuses %s [V61 V62 V65]', (_name, document) => {
        expect(() => parseJson(document)).toThrow(JsonSyntaxError);
    });

    it('gives objects no prototype to pollute [V64]', () => {
        const parsed = parseJson('{"__proto__":{"isAdmin":true}}') as object;
        expect(Object.getPrototypeOf(parsed)).toBeNull();
        expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    });

    it('reads a megabyte of brackets in no time, only to refuse it [V67]', () => {
        const start = process.hrtime.bigint();
        expect(() => parseJson('['.repeat(1_000_000))).toThrow(JsonSyntaxError);
        expect(process.hrtime.bigint() - start).toBeLessThan(1_000_000_000n);
    });
});
