// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { parseMegawatts } from './power.js';

describe('parseMegawatts', () => {
    it.each([
        ['12322', 12_322_000_000n],
        ['723.2', 723_200_000n],
        ['0.000001', 1n],
        ['737.970000000', 737_970_000n],
        ['0', 0n],
    ])('reads %s MW', (text, watts) => {
        expect(parseMegawatts(text, 'x')).toBe(watts);
    });

    it('is exact where floating point is not', () => {
        fc.assert(
            fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (watts) => {
                const digits = watts.toString().padStart(7, '0');
                expect(parseMegawatts(`${digits.slice(0, -6)}.${digits.slice(-6)}`, 'x')).toBe(watts);
            }),
        );
    });

    it.each(['-1', '1e3', '1,5', '', '.5', '5.', 'NaN', '0x10', '1.0000001', '99999999', '9'.repeat(40)])(
        'refuses "%s"',
        (text) => {
            expect(() => parseMegawatts(text, 'x')).toThrow('ENERGY_DOCUMENT_INVALID');
        },
    );
});
