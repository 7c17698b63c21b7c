// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { expandCurve, type Segment } from './curve.js';
import { localDay, type Interval } from './localDay.js';
import { type DocumentType, type MarketDocument, type TimeSeries } from './marketDocument.js';
import { type Zone } from './zones.js';

/**
 * Energy of one zone on its local day, in Wh, rounded down.
 * Load (A65) is what the zone takes. Generation (A75) is the sum over production types of what is given to the grid;
 * what storage takes from it is not generation.
 *
 * @throws Failure ENERGY_DAY_INCOMPLETE, ENERGY_DAY_OVERLAP, ENERGY_DOCUMENT_INVALID
 */
export function zoneDayEnergyWh(document: MarketDocument, zone: Zone, day: string): bigint {
    const interval = localDay(day, zone.timeZone);
    const series = document.series.filter((one) => one.zone === zone.eic && isCounted(document.type, one));
    let wattMinutes = 0n;
    for (const [key, group] of groupBySource(series, zone)) {
        wattMinutes += coveredWattMinutes(segmentsOf(group, interval, key), interval, { key, day });
    }
    return wattMinutes / 60n;
}

function isCounted(type: DocumentType, { direction }: TimeSeries): boolean {
    return direction === (type === 'A65' ? 'out' : 'in');
}

/** Series of one source follow each other in time; those of different production types run side by side. */
function groupBySource(series: readonly TimeSeries[], zone: Zone): ReadonlyMap<string, readonly TimeSeries[]> {
    const groups = new Map<string, TimeSeries[]>();
    for (const one of series) {
        const key = `${zone.name} ${one.productionType ?? 'load'}`;
        groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return groups.size > 0 ? groups : new Map([[zone.name, []]]);
}

function segmentsOf(series: readonly TimeSeries[], day: Interval, where: string): readonly Segment[] {
    return series
        .flatMap(({ curve, periods }) => periods.flatMap((period) => expandCurve(curve, period, where)))
        .filter(({ startMs, endMs }) => endMs > day.startMs && startMs < day.endMs)
        .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}

/** Sums the part of every segment inside the day, and refuses a gap or an overlap. Bounded by a day, so minutes are exact. */
function coveredWattMinutes(
    segments: readonly Segment[],
    day: Interval,
    context: { key: string; day: string },
): bigint {
    let coveredToMs = day.startMs;
    let wattMinutes = 0n;
    for (const { startMs, endMs, watts } of segments) {
        const [fromMs, toMs] = [Math.max(startMs, day.startMs), Math.min(endMs, day.endMs)];
        if (fromMs < coveredToMs) {
            throw new Failure('ENERGY_DAY_OVERLAP', { series: context.key, day: context.day, at: iso(fromMs) });
        }
        if (fromMs > coveredToMs) {
            throw incomplete(context, coveredToMs, fromMs);
        }
        wattMinutes += watts * BigInt((toMs - fromMs) / 60_000);
        coveredToMs = toMs;
    }
    if (coveredToMs < day.endMs) {
        throw incomplete(context, coveredToMs, day.endMs);
    }
    return wattMinutes;
}

function incomplete({ key, day }: { key: string; day: string }, fromMs: number, toMs: number): Failure {
    return new Failure('ENERGY_DAY_INCOMPLETE', { series: key, day, missingFrom: iso(fromMs), missingTo: iso(toMs) });
}

function iso(timeMs: number): string {
    return new Date(timeMs).toISOString();
}
