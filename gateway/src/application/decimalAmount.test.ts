// SPDX-License-Identifier: Apache-2.0
import { formatUnits, parseUnits } from './decimalAmount.js';

describe('amounts in units', () => {
    it.each([
        ['12.50', 6, 12_500_000n],
        ['0.000001', 6, 1n],
        ['0', 6, 0n],
        ['7', 0, 7n],
        ['9223372036854.775807', 6, 9_223_372_036_854_775_807n],
    ])('%s with %i decimals', (text, decimals, minor) => {
        expect(parseUnits(text, decimals)).toBe(minor);
    });

    it.each([
        ...['1.0000001', '1.', '.5', '01', '-1', '+1', '1e3', '1,5', '1 000', ' 1', '1\n', '', '0x10', '١'],
        ...['12345678901234567890', 'NaN', '1.2.3'],
    ])('%j is no amount of six decimals', (text) => {
        expect(parseUnits(text, 6)).toBeUndefined();
    });

    it('more decimals than the asset has are refused, never rounded', () => {
        expect(parseUnits('1.01', 1)).toBeUndefined();
        expect(parseUnits('1.0', 0)).toBeUndefined();
    });

    it.each([
        [12_500_000n, 6, '12.500000'],
        [1n, 6, '0.000001'],
        [0n, 2, '0.00'],
        [-5n, 1, '-0.5'],
        [7n, 0, '7'],
    ])('%s with %i decimals is written %s', (minor, decimals, text) => {
        expect(formatUnits(minor, decimals)).toBe(text);
    });
});
