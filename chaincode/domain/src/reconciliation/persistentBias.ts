// SPDX-License-Identifier: Apache-2.0
import { boolean, type Decoded, list, object } from '../encoding/codec.js';
import type { SourceId } from '../encoding/identifier.js';
import { ratio } from '../encoding/quantityCodec.js';
import type { Ppm } from '../money/ratio.js';
import { type Period, period } from '../time/period.js';
import type { Deviation } from './outliers.js';
import type { Finding } from './reconciliationRecords.js';
import { squareRootCeil } from './squareRoot.js';

/** Most periods a source is remembered by at a facility, and fewest that say anything. */
const periodsMax = 8;
const periodsMin = 4;

/** How a source differed from the others in its last periods at one facility; `score` in standard deviations. */
export const sourceDeviations = object({
    deviations: list(object({ period, isAbove: boolean, score: ratio }), periodsMax),
});
export type SourceDeviations = Decoded<typeof sourceDeviations>;

/** What is remembered of the sources of a facility. */
export type DeviationHistory = ReadonlyMap<SourceId, SourceDeviations>;

/** The history of a source with this period's deviation in it, the latest last. */
export function withDeviation(
    known: SourceDeviations | undefined,
    of: Period,
    { isAbove, score }: Deviation,
): SourceDeviations {
    return { deviations: [...othersThan(of, known), { period: of, isAbove, score: score as Ppm }].slice(-periodsMax) };
}

/**
 * Sources that differ from the others a little in every period. The sum of n deviations has a deviation of √n, so what
 * leans one way adds up where noise does not. One deviation counts no more than `outlierLimit`, lest a single mistake
 * be held against a source for long; the limit of the sum is 1.3 times that, as it is asked again in each period.
 */
export function persistentBiases(
    deviations: readonly Deviation[],
    facts: { readonly history: DeviationHistory; readonly period: Period; readonly outlierLimit: bigint },
): readonly Finding[] {
    const { history, outlierLimit } = facts;
    const limit = (outlierLimit * 13n) / 10n;
    return deviations.flatMap((deviation): readonly Finding[] => {
        const { sourceId } = deviation.reading;
        const { deviations: all } = withDeviation(history.get(sourceId), facts.period, deviation);
        if (all.length < periodsMin) return [];
        const sum = all.reduce((total, { isAbove, score }) => {
            const size = score < outlierLimit ? score : outlierLimit;
            return isAbove ? total + size : total - size;
        }, 0n);
        const score = squareRootCeil({ numerator: sum ** 2n, denominator: BigInt(all.length) });
        if (score <= limit) return [];
        const direction = sum > 0n ? 'above' : 'below';
        return [
            { rule: 'persistent-bias', sourceId, interval: null, direction, score: score as Ppm, limit: limit as Ppm },
        ];
    });
}

function othersThan(of: Period, known: SourceDeviations | undefined): SourceDeviations['deviations'] {
    return known?.deviations.filter((each) => each.period !== of) ?? [];
}
