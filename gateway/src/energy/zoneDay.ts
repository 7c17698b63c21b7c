// SPDX-License-Identifier: Apache-2.0
import { dayCurve } from './dayCurve.js';
import { localDay } from './localDay.js';
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
        for (const { startMs, endMs, value } of dayCurve(group, interval, { key, day })) {
            // Bounded by a day, so minutes are exact.
            wattMinutes += value * BigInt((endMs - startMs) / 60_000);
        }
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
