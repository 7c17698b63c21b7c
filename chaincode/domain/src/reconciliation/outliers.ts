// SPDX-License-Identifier: Apache-2.0
import { sourceKinds } from '../energy/energySource.js';
import type { Parameters } from '../governance/parameters.js';
import { type Fraction, ppmPerOne } from '../money/ratio.js';
import { accuracyOf, type Reading } from './reading.js';
import { squareRootCeil } from './squareRoot.js';

/** How far a reading is from the others. */
export interface Deviation {
    readonly reading: Reading;
    readonly isAbove: boolean;
    /** Standard deviations in ppm, rounded up; at most {@link scoreMax}. */
    readonly score: bigint;
}

/** The largest score: what a reading has where the others say zero. A million standard deviations. */
export const scoreMax = ppmPerOne ** 2n;

/** Standard deviations in half of a 95 % interval, in ppm (Q09). */
const deviationsPer95 = 1_960_000n;

/**
 * Q10: each reading against the mean of all others, in standard deviations of that difference: the largest first,
 * equal ones as the readings come. The others weigh by the inverse of their variances there, because that mean has the
 * least variance and so the test most power; the estimate keeps the seed's weights, which do not put everything on the
 * meter (Q11). Deviations up to `negligible` Wh are left out, and so is that of a reading without others.
 */
export function deviationsOf(
    readings: readonly Reading[],
    parameters: Parameters,
    negligible: Fraction,
): readonly Deviation[] {
    const squareOf = ({ kind }: Pick<Reading, 'kind'>): bigint => accuracyOf(kind, parameters) ** 2n;
    // The product of all accuracies' squares makes every inverse variance whole.
    const product = sourceKinds.reduce((all, kind) => all * squareOf({ kind }), 1n);
    const precisionOf = (reading: Reading): bigint => product / squareOf(reading);
    const precisions = readings.reduce((sum, reading) => sum + precisionOf(reading), 0n);
    const moments = readings.reduce((sum, reading) => sum + precisionOf(reading) * reading.energyWh, 0n);
    return readings
        .flatMap((reading): readonly Deviation[] => {
            const precision = precisions - precisionOf(reading);
            const moment = moments - precisionOf(reading) * reading.energyWh;
            const difference = reading.energyWh * precision - moment;
            const size = difference < 0n ? -difference : difference;
            if (size * negligible.denominator <= negligible.numerator * precision) return [];
            const score = scoreOf({ size, moment, precision, product, square: squareOf(reading) });
            return [{ reading, isAbove: difference > 0n, score }];
        })
        .sort((a, b) => (a.score === b.score ? 0 : a.score < b.score ? 1 : -1));
}

/**
 * With m = moment / precision the others' mean, the difference's variance is (m/1.96)²·(a² + product/precision), its
 * accuracies in ppm; so z² = (size·1.96·10⁶)²·precision / (moment²·(a²·precision + product)).
 */
function scoreOf(facts: {
    readonly size: bigint;
    readonly moment: bigint;
    readonly precision: bigint;
    readonly product: bigint;
    readonly square: bigint;
}): bigint {
    const { size, moment, precision, product, square } = facts;
    if (moment === 0n) return scoreMax;
    const score = squareRootCeil({
        numerator: (size * deviationsPer95 * ppmPerOne) ** 2n * precision,
        denominator: moment ** 2n * (square * precision + product),
    });
    return score < scoreMax ? score : scoreMax;
}
