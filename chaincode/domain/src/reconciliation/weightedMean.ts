// SPDX-License-Identifier: Apache-2.0
import type { Parameters } from '../governance/parameters.js';
import { type Fraction, ppmPerOne } from '../money/ratio.js';
import type { SourceKind } from '../energy/energySource.js';
import { sourceKinds } from '../energy/energySource.js';
import { type Reading, weightOf } from './reading.js';
import { squareRootCeil } from './squareRoot.js';

/** Weighted mean and variance of readings, as fractions. */
export interface WeightedMean {
    /** In Wh. */
    readonly mean: Fraction;
    /** In Wh². */
    readonly variance: Fraction;
    /** Coefficient of variation in ppm, rounded up. */
    readonly cv: bigint;
}

/**
 * KD-040, Q08: the weight of a kind is shared by its sources, and renormalised over the kinds present (Q12). With W the
 * sum of weights w and N that of w·x, the mean is N/W and the variance Σ w·(W·x - N)² / W³: whole numbers throughout.
 */
export function weightedMean(readings: readonly Reading[], parameters: Parameters): WeightedMean {
    const counts = new Map<SourceKind, bigint>();
    for (const { kind } of readings) counts.set(kind, (counts.get(kind) ?? 0n) + 1n);
    const common = [...counts.values()].reduce((product, count) => product * count, 1n);
    const weighted = readings.map(({ kind, energyWh }) => ({
        weight: (weightOf(kind, parameters) * common) / (counts.get(kind) ?? 1n),
        energyWh,
    }));
    const total = weighted.reduce((sum, { weight }) => sum + weight, 0n);
    const moment = weighted.reduce((sum, { weight, energyWh }) => sum + weight * energyWh, 0n);
    const squares = weighted.reduce(
        (sum, { weight, energyWh }) => sum + weight * (total * energyWh - moment) ** 2n,
        0n,
    );
    return {
        mean: { numerator: moment, denominator: total },
        variance: { numerator: squares, denominator: total ** 3n },
        // The square of the coefficient is variance / mean², that is squares / (W·N²); of no energy it is 0.
        cv: squareRootCeil({
            numerator: squares * ppmPerOne ** 2n,
            denominator: total * moment ** 2n,
        }),
    };
}

/** Share of all weight that the kinds present have, in ppm, rounded down. */
export function weightPresentOf(readings: readonly Reading[], parameters: Parameters): bigint {
    const present = new Set(readings.map(({ kind }) => kind));
    const sum = (kinds: readonly SourceKind[]): bigint =>
        kinds.reduce((total, kind) => total + weightOf(kind, parameters), 0n);
    return (sum([...present]) * ppmPerOne) / sum(sourceKinds);
}
