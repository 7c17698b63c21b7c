// SPDX-License-Identifier: Apache-2.0
import type { Fraction } from '../money/ratio.js';

/**
 * The square root of a fraction in whole units, rounded up: the smallest r with r² at least the fraction. Comparing it
 * with a whole limit is exact: it is above the limit when the root itself is, and not otherwise. A numerator of 0
 * gives 0 whatever it is divided by.
 */
export function squareRootCeil({ numerator, denominator }: Fraction): bigint {
    if (numerator === 0n) return 0n;
    const square = (numerator + denominator - 1n) / denominator;
    return squareRootFloor(square - 1n) + 1n;
}

/** The largest r with r² at most n, by Newton's method from above. */
export function squareRootFloor(n: bigint): bigint {
    if (n < 2n) return n;
    let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
    for (;;) {
        const next = (root + n / root) >> 1n;
        if (next >= root) return root;
        root = next;
    }
}
