// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { squareRootCeil, squareRootFloor } from './squareRoot.js';

describe('a square root', () => {
    it('rounded down is the largest whole number whose square is not above', () => {
        fc.assert(
            fc.property(fc.bigInt(0n, 2n ** 300n), (n) => {
                const root = squareRootFloor(n);
                expect(root ** 2n <= n && (root + 1n) ** 2n > n).toBe(true);
            }),
        );
        for (let n = 0n; n < 200n; n += 1n) expect(squareRootFloor(n)).toBe(BigInt(Math.floor(Math.sqrt(Number(n)))));
    });

    it('of a fraction, rounded up, is above a whole limit when the fraction is above its square', () => {
        fc.assert(
            fc.property(
                fc.bigInt(0n, 2n ** 80n),
                fc.bigInt(1n, 2n ** 40n),
                fc.bigInt(0n, 2n ** 45n),
                (numerator, denominator, limit) => {
                    const isAbove = squareRootCeil({ numerator, denominator }) > limit;
                    expect(isAbove).toBe(numerator > limit ** 2n * denominator);
                },
            ),
        );
    });
});
