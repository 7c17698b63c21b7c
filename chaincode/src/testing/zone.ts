// SPDX-License-Identifier: Apache-2.0
import type { Correction, Day, EnergyWh, ZoneEnergy } from '@power-currency/domain';

/** A zone of the given energy. */
export function zone(energyWh: bigint, eic = '10YNL----------L'): ZoneEnergy {
    return { name: 'NL', eic, wh: energyWh as EnergyWh };
}

/** What late data made of the energy of {@link zone} on a day. */
export function correctionOf(day: string, before: bigint, after: bigint, eic = '10YNL----------L'): Correction {
    return { day: day as Day, eic, wh_before: before as EnergyWh, wh_after: after as EnergyWh };
}
