// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { EnergyWh } from '../energy/energy.js';
import type { IntervalEnergy } from '../energy/energyAccounts.js';
import { isQuantity } from '../money/quantity.js';
import { spreadEnergy } from './spreadEnergy.js';

export interface CertifiableCase {
    /** The day's intervals as they are: nothing verified in those that are new. */
    readonly intervals: readonly IntervalEnergy[];
    /** What the facility's devices measured in each of them. */
    readonly weights: readonly bigint[];
    /** The day's verified energy; null while it is flagged and nobody knows. */
    readonly energyWh: bigint | null;
    /** What the facility's days still withhold, and what this one changed in it before. */
    readonly withheldWh: bigint;
    readonly ownWh: bigint;
}

export interface Certifiable {
    readonly intervals: readonly IntervalEnergy[];
    readonly withheldWh: EnergyWh;
    readonly ownWh: bigint;
}

/**
 * What of a day's energy can be certified, interval by interval. Energy withheld from the facility is taken off first.
 * What was certified already stays so: where it is more than there turned out to be, the excess is withheld from the
 * facility's next days (F21). While a day is flagged nothing more of it can be certified. Throws ENERGY_OVERFLOW.
 */
export function certifiableEnergy(facts: CertifiableCase): Certifiable {
    const { intervals, weights, energyWh, ownWh } = facts;
    if (energyWh === null) {
        return { intervals: intervals.map(frozen), withheldWh: facts.withheldWh as EnergyWh, ownWh };
    }
    // What this day changed before is undone; what other days made up for since stays with them.
    const others = facts.withheldWh - ownWh;
    const withheld = others < 0n ? 0n : others;
    const taken = withheld < energyWh ? withheld : energyWh;
    const available = energyWh - taken;
    const spread = spreadEnergy(available, weights);
    const settled = intervals.map((interval, index) => {
        const share = spread[index] ?? (0n as EnergyWh);
        return { ...interval, verifiedWh: share > interval.allocatedWh ? share : interval.allocatedWh };
    });
    const certifiable = settled.reduce((sum, { verifiedWh }) => sum + verifiedWh, 0n);
    const excess = certifiable > available ? certifiable - available : 0n;
    const remaining = withheld + excess - taken;
    if (!isQuantity(remaining)) refuse('ENERGY_OVERFLOW', { facilityId: intervals[0]?.facilityId ?? '' });
    return { intervals: settled, withheldWh: remaining as EnergyWh, ownWh: excess - taken };
}

const frozen = (interval: IntervalEnergy): IntervalEnergy => ({ ...interval, verifiedWh: interval.allocatedWh });
