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

/** The history of a source with this period's deviation in it: where the period was before, or else as the latest. */
export function withDeviation(
    known: SourceDeviations | undefined,
    of: Period,
    { isAbove, score }: Deviation,
): SourceDeviations {
    const [all, latest] = [known?.deviations ?? [], { period: of, isAbove, score: score as Ppm }];
    const isKnown = all.some((each) => each.period === of);
    if (isKnown) return { deviations: all.map((each) => (each.period === of ? latest : each)) };
    return { deviations: [...all, latest].slice(-periodsMax) };
}

/**
 * The history after a source was reconciled, undefined where it does not differ at all. What it says again of a period
 * that is forgotten counts only against it: else it could report old days anew until its lies are forgotten.
 */
export function nextDeviations(
    known: SourceDeviations | undefined,
    of: Period,
    facts: {
        readonly deviation: Deviation | undefined;
        /** Whether the source was in an earlier vintage of the period. */
        readonly isRevised: boolean;
        readonly outlierLimit: bigint;
    },
): SourceDeviations | undefined {
    const { deviation, isRevised, outlierLimit } = facts;
    const all = known?.deviations ?? [];
    if (deviation === undefined) return known && { deviations: all.filter((each) => each.period !== of) };
    const next = withDeviation(known, of, deviation);
    const isForgotten = isRevised && all.every((each) => each.period !== of);
    return isForgotten && leaningOf(next, outlierLimit) <= leaningOf(known, outlierLimit) ? known : next;
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
        const sum = sumOf(all, outlierLimit);
        const score = squareRootCeil({ numerator: sum ** 2n, denominator: BigInt(all.length) });
        if (score <= limit) return [];
        const direction = sum > 0n ? 'above' : 'below';
        return [
            { rule: 'persistent-bias', sourceId, interval: null, direction, score: score as Ppm, limit: limit as Ppm },
        ];
    });
}

/** Deviations with their signs, each up to the limit, added up. */
function sumOf(deviations: SourceDeviations['deviations'], outlierLimit: bigint): bigint {
    return deviations.reduce((total, { isAbove, score }) => {
        const size = score < outlierLimit ? score : outlierLimit;
        return isAbove ? total + size : total - size;
    }, 0n);
}

/** How far a source leans to either side. */
function leaningOf(known: SourceDeviations | undefined, outlierLimit: bigint): bigint {
    const sum = sumOf(known?.deviations ?? [], outlierLimit);
    return sum < 0n ? -sum : sum;
}
