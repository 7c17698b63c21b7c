// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { EnergyWh } from '../energy/energy.js';
import type { ClosedYears, EntityYear, FacilityYear } from '../energy/energyAccounts.js';
import type { Facility } from '../energy/facility.js';
import { isQuantity } from '../money/quantity.js';
import { granularityOf, type Period, yearOf } from '../time/period.js';

/** A year of a facility has verified days, months or itself, and no mixture. Throws PERIOD_GRANULARITY_MIXED. */
export function checkGranularity({ facilityId }: Facility, period: Period, found: FacilityYear | undefined): void {
    const granularity = granularityOf(period);
    if (found === undefined || found.granularity === granularity) return;
    refuse('PERIOD_GRANULARITY_MIXED', { facilityId, period, granularity: found.granularity });
}

/**
 * Where a period's energy counts: in its own year, or in the first open one if its own is closed (Q36, F21). A year
 * before the first that was closed is closed by nobody any more: nothing was issued on it that later data could correct.
 */
export function countingYear(period: Period, closed: ClosedYears | undefined): number {
    const year = yearOf(period);
    return closed !== undefined && year >= closed.first && year <= closed.last ? closed.last + 1 : year;
}

export interface CountingCase {
    readonly facility: Facility;
    readonly period: Period;
    /** What counted of the period until now, and what does from now on. */
    readonly beforeWh: bigint;
    readonly afterWh: bigint;
    readonly facilityYear: FacilityYear | undefined;
    /** The entity's account of {@link countingYear}. */
    readonly entityYear: EntityYear | undefined;
    readonly closed: ClosedYears | undefined;
}

/**
 * The accounts with a period's energy as it is now: in the year it was made in, or as carried into the first open one.
 * Throws PERIOD_GRANULARITY_MIXED or ENERGY_OVERFLOW.
 */
export function countEnergy(facts: CountingCase): {
    readonly facilityYear: FacilityYear;
    readonly entityYear: EntityYear;
} {
    const { facility, period, beforeWh, afterWh } = facts;
    checkGranularity(facility, period, facts.facilityYear);
    const { facilityId, entityId } = facility;
    const year = yearOf(period);
    const opened = { facilityId, year, granularity: granularityOf(period), verifiedWh: 0n as EnergyWh };
    const facilityYear = facts.facilityYear ?? opened;
    const deltaWh = afterWh - beforeWh;
    const counting = countingYear(period, facts.closed);
    const entityYear = facts.entityYear ?? { entityId, year: counting, verifiedWh: 0n as EnergyWh, carriedWh: 0n };
    const isCarried = counting !== year;
    return {
        facilityYear: { ...facilityYear, verifiedWh: sumOf(facility, facilityYear.verifiedWh, deltaWh) },
        entityYear: isCarried
            ? { ...entityYear, carriedWh: carried(facility, entityYear.carriedWh + deltaWh) }
            : { ...entityYear, verifiedWh: sumOf(facility, entityYear.verifiedWh, deltaWh) },
    };
}

function sumOf({ facilityId }: Facility, energyWh: bigint, deltaWh: bigint): EnergyWh {
    const sum = energyWh + deltaWh;
    if (!isQuantity(sum)) refuse('ENERGY_OVERFLOW', { facilityId });
    return sum as EnergyWh;
}

function carried({ facilityId }: Facility, sum: bigint): bigint {
    if (!isQuantity(sum < 0n ? -sum : sum)) refuse('ENERGY_OVERFLOW', { facilityId });
    return sum;
}
