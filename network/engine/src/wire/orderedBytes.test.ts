// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { compareUtf8, encodeOrderPreservingVarint } from './orderedBytes.js';

const sign = (n: number): number => Math.sign(n);

test('strings order as their UTF-8 bytes do', () => {
    fc.assert(
        fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
            expect(sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
        }),
    );
    expect(compareUtf8('\u{1F600}', '\uFFFD')).toBeGreaterThan(0);
});

test('numbers order as their bytes do, in the published form', () => {
    expect([0, 1, 255, 256].map((n) => encodeOrderPreservingVarint(n).toString('hex'))).toEqual([
        '00',
        '0101',
        '01ff',
        '020100',
    ]);
    fc.assert(
        fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
            const bytes = Buffer.compare(encodeOrderPreservingVarint(a), encodeOrderPreservingVarint(b));
            expect(bytes).toBe(sign(a - b));
        }),
    );
    expect(() => encodeOrderPreservingVarint(-1)).toThrow(RangeError);
});
