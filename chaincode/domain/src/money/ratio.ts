// SPDX-License-Identifier: Apache-2.0
import type { Quantity } from './quantity.js';

/** A ratio in parts per million; 1.10 is 1_100_000. */
export type Ppm = Quantity<'ppm'>;

/** A price or value in millionths of a euro. */
export type MicroEuro = Quantity<'micro-euro'>;

/** Parts per million in one. */
export const ppmPerOne = 1_000_000n;

/** A fraction that is compared by cross-multiplication and never divided. The denominator is positive. */
export interface Fraction {
    readonly numerator: bigint;
    readonly denominator: bigint;
}

/** Whether the fraction is at least the ratio. */
export function isAtLeast(fraction: Fraction, ratio: Ppm): boolean {
    return fraction.numerator * ppmPerOne >= ratio * fraction.denominator;
}

/** Whether the fraction is above the ratio. */
export function isAbove(fraction: Fraction, ratio: Ppm): boolean {
    return fraction.numerator * ppmPerOne > ratio * fraction.denominator;
}

/** `value * ratio`, rounded down. */
export function multiplyFloor(value: bigint, ratio: Ppm): bigint {
    return (value * ratio) / ppmPerOne;
}
