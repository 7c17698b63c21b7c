// SPDX-License-Identifier: Apache-2.0
import { type Fraction, ppmPerOne, type Ppm } from '../money/ratio.js';
import { endOfPeriod, granularityOf, startOfPeriod } from '../time/period.js';
import { scoreMax } from './outliers.js';
import type { IntervalReading, Reading, ReconciliationCase } from './reading.js';
import type { Finding, FindingRule } from './reconciliationRecords.js';
import { isSurelyNight } from './sun.js';

/** What breaks the physics of the plant, per source and rule its worst case (F23, Q10). */
export function implausibilities(facts: ReconciliationCase): readonly Finding[] {
    return facts.readings.flatMap((reading) => [
        ...periodFindings(reading, facts),
        ...intervalFindings(reading, facts),
    ]);
}

/** The energy below which a disagreement about the period is none, in Wh. */
export function negligibleEnergy({ facility, period, ...facts }: ReconciliationCase): Fraction {
    const seconds = endOfPeriod(period) - startOfPeriod(period);
    const share = facts.rules.limits[facility.carrier].negligible;
    return { numerator: facility.nameplateW * seconds * share, denominator: 3_600n * ppmPerOne };
}

function periodFindings({ sourceId, energyWh }: Reading, facts: ReconciliationCase): readonly Finding[] {
    const { facility, period } = facts;
    const limits = facts.rules.limits[facility.carrier];
    const share = shareOf(energyWh, facility.nameplateW, endOfPeriod(period) - startOfPeriod(period));
    const limit = limits[`${granularityOf(period)}Max`];
    if (share > limits.nameplateMax) return [findingOf('nameplate', sourceId, null, share, limits.nameplateMax)];
    return share > limit ? [findingOf('capacity-factor', sourceId, null, share, limit)] : [];
}

function intervalFindings({ sourceId, intervals }: Reading, facts: ReconciliationCase): readonly Finding[] {
    const { facility, rules } = facts;
    const limits = rules.limits[facility.carrier];
    const seconds = BigInt(facility.intervalMinutes) * 60n;
    const shares = intervals.map(({ start, energyWh }) => ({
        ...{ start, share: shareOf(energyWh, facility.nameplateW, seconds) },
    }));
    const { location } = facility;
    const nights =
        location === null || limits.nightMax >= ppmPerOne
            ? []
            : shares.filter(({ start }) => isSurelyNight(start, seconds, location));
    const rises = shares.map(({ start, share }, index) => ({
        start,
        share: share - (shares[index - 1]?.share ?? share),
    }));
    return (
        [
            ['nameplate', shares, limits.nameplateMax],
            ['night', nights, limits.nightMax],
            ['rise', rises, limits.riseMax],
        ] as const
    ).flatMap(([rule, candidates, limit]) => {
        const worst = worstOf(candidates);
        return worst !== undefined && worst.share > limit
            ? [findingOf(rule, sourceId, worst.start, worst.share, limit)]
            : [];
    });
}

interface Share {
    readonly start: IntervalReading['start'];
    readonly share: bigint;
}

function worstOf(candidates: readonly Share[]): Share | undefined {
    return candidates.reduce<Share | undefined>(
        (worst, each) => (worst === undefined || each.share > worst.share ? each : worst),
        undefined,
    );
}

/** Energy as a share of what the nameplate gives in the time, in ppm, rounded up: comparing it with a limit is exact. */
function shareOf(energyWh: bigint, nameplateW: bigint, seconds: bigint): bigint {
    const most = nameplateW * seconds;
    return (energyWh * 3_600n * ppmPerOne + most - 1n) / most;
}

function findingOf(
    rule: FindingRule,
    sourceId: Reading['sourceId'],
    interval: Finding['interval'],
    share: bigint,
    limit: bigint,
): Finding {
    const score = (share < scoreMax ? share : scoreMax) as Ppm;
    return { rule, sourceId, interval, direction: 'above', score, limit: limit as Ppm };
}
