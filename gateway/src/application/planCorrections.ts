// SPDX-License-Identifier: Apache-2.0
import { type Correction, correctionCountMax, type Day, type EnergyWh, type ZoneState } from '@power-currency/domain';

/** The newest reading of an attested day, and what the ledger holds of that day. */
export interface Revision {
    readonly day: Day;
    readonly zones: readonly { readonly eic: string; readonly wh: bigint }[];
    readonly held: readonly ZoneState[];
}

/**
 * What late data changes of attested days, for the file of a day on which `measuredWh` was measured: the oldest days
 * first, increases before decreases, and no more taken away than there is. What does not fit is left to the next day.
 * A zone without a new reading stays as it is.
 */
export function planCorrections(revisions: readonly Revision[], measuredWh: bigint): readonly Correction[] {
    const changes = revisions
        .toSorted((a, b) => (a.day < b.day ? -1 : 1))
        .flatMap(({ day, zones, held }) => zones.map(({ eic, wh }) => changeOf(day, eic, wh, held)))
        .filter(({ wh_before: before, wh_after: after }) => before !== after);
    const increases = changes.filter(({ wh_before: before, wh_after: after }) => after > before);
    const decreases = changes.filter(({ wh_before: before, wh_after: after }) => after < before);
    const taken = increases.slice(0, correctionCountMax);
    let room = taken.reduce((sum, { wh_before: before, wh_after: after }) => sum + after - before, measuredWh);
    for (const decrease of decreases.slice(0, correctionCountMax - taken.length)) {
        const { wh_before: before, wh_after: after } = decrease;
        const less = before - after < room ? before - after : room;
        if (less > 0n) {
            taken.push({ ...decrease, wh_after: (before - less) as EnergyWh });
        }
        room -= less;
    }
    return taken;
}

function changeOf(day: Day, eic: string, wh: bigint, held: readonly ZoneState[]): Correction {
    const before = held.find((zone) => zone.eic === eic)?.wh ?? (0n as EnergyWh);
    return { day, eic, wh_before: before, wh_after: wh as EnergyWh };
}
