// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { isDomainError } from '../error/domainError.js';
import { integer, list, nullable, object, oneOf } from './codec.js';
import { parseJson } from './parseJson.js';
import { amount, euro, positiveAmount, ratio } from './quantityCodec.js';
import { requestId, walletId } from './identifier.js';
import { formatMillionths, parseMillionths } from './decimal.js';

function refusedField(decode: () => unknown): string {
    try {
        decode();
    } catch (thrown) {
        if (isDomainError(thrown, 'INVALID_ARGUMENT')) return thrown.details.field;
        throw thrown;
    }
    return 'accepted';
}

describe('an amount', () => {
    it.each(['', '-1', '+1', '01', '1.0', '1e3', '0x10', ' 1', '1 ', '12abc', '9223372036854775808', '１'])(
        'is not %j [V62]',
        (text) => {
            expect(refusedField(() => amount.decode(text, 'amount'))).toBe('amount');
        },
    );

    it.each([1, null, true, [], {}, undefined])('is not %j [V68]', (value) => {
        expect(refusedField(() => amount.decode(value as never, 'amount'))).toBe('amount');
    });

    it('is any integer up to 2^63 - 1, and only a positive one where money moves [V63]', () => {
        fc.assert(
            fc.property(fc.bigInt(0n, 2n ** 63n - 1n), (value) => {
                expect(amount.encode(amount.decode(value.toString(), ''))).toBe(value.toString());
            }),
        );
        expect(refusedField(() => positiveAmount.decode('0', 'amount'))).toBe('amount');
    });
});

describe('a ratio', () => {
    it('has six decimals, neither more nor fewer', () => {
        expect(ratio.decode('1.100000', '')).toBe(1_100_000n);
        for (const text of ['1.1', '1.1000000', '1', '.100000', '01.100000', '-1.100000']) {
            expect(refusedField(() => euro.decode(text, 'x'))).toBe('x');
        }
    });

    it('comes back as it was', () => {
        fc.assert(
            fc.property(fc.bigInt(0n, 2n ** 63n - 1n), (value) => {
                expect(parseMillionths(formatMillionths(value))).toBe(value);
            }),
        );
    });
});

describe('an object', () => {
    const codec = object({ id: walletId, tags: list(oneOf(['a', 'b']), 2), limit: nullable(integer(1, 3)) });
    const decode = (text: string) => codec.decode(parseJson(text), '');

    it('decodes and encodes', () => {
        const text = '{"id":"anna","limit":null,"tags":["a","b"]}';
        expect(codec.encode(decode(text))).toEqual({ id: 'anna', limit: null, tags: ['a', 'b'] });
    });

    it.each([
        ['{"tags":[],"limit":1}', 'id'],
        ['{"id":"anna","tags":[],"limit":1,"extra":1}', 'extra'],
        ['{"id":"anna","tags":[],"limit":1,"__proto__":1}', '__proto__'],
        ['{"id":"anna","tags":["a","c"],"limit":1}', 'tags[1]'],
        ['{"id":"anna","tags":["a","a","a"],"limit":1}', 'tags'],
        ['{"id":"anna","tags":[],"limit":4}', 'limit'],
        ['{"id":"Anna","tags":[],"limit":1}', 'id'],
        ['[]', ''],
        ['null', ''],
    ])('%s is refused at %j [V66 V68]', (text, field) => {
        expect(refusedField(() => decode(text))).toBe(field);
    });

    it('describes itself as JSON Schema', () => {
        expect(codec.schema).toMatchObject({ additionalProperties: false, required: ['id', 'tags', 'limit'] });
    });
});

it.each(['', 'A', 'a b', 'a~b', 'ä', 'a/b', 'x'.repeat(65), 'a\n'])('%j is no id [V61]', (text) => {
    expect(refusedField(() => requestId.decode(text, 'id'))).toBe('id');
});
