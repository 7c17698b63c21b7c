// SPDX-License-Identifier: Apache-2.0
import { type Decoded, integer, object, oneOf } from '../encoding/codec.js';
import { facilityId, holderId } from '../encoding/identifier.js';
import { energyDelta, energyWh } from '../encoding/quantityCodec.js';
import { intervalStart } from '../time/meteringInterval.js';

/**
 * The verified energy of one facility and metering interval: watt-hours number 0 to `verifiedWh` - 1. Those below
 * `allocatedWh` belong to certificates, each to exactly one; the others are unallocated (F19).
 */
export const intervalEnergy = object({ facilityId, start: intervalStart, verifiedWh: energyWh, allocatedWh: energyWh });
export type IntervalEnergy = Decoded<typeof intervalEnergy>;

/**
 * What a facility's verified periods of one year are: all days, all months or the year itself. One year has one
 * granularity, so that no day counts again in its month.
 */
export const facilityYear = object({
    facilityId,
    year: integer(2000, 2199),
    granularity: oneOf(['day', 'month', 'year']),
    verifiedWh: energyWh,
});
export type FacilityYear = Decoded<typeof facilityYear>;

/**
 * An entity's verified production of a year: what counts for issuance and votes. `carriedWh` is what late data changed
 * in years that were closed already: it counts in the first year still open (Q36, F21).
 */
export const entityYear = object({
    entityId: holderId,
    year: integer(2000, 2199),
    verifiedWh: energyWh,
    carriedWh: energyDelta,
});
export type EntityYear = Decoded<typeof entityYear>;

/** The years whose production is closed, one after the other; later data about them counts in the year after. */
export const closedYears = object({ first: integer(2000, 2199), last: integer(2000, 2199) });
export type ClosedYears = Decoded<typeof closedYears>;

/** Energy whose certificates are locked behind Power Credits: the contracted reserve (Q33). */
export const contractedReserve = object({ lockedWh: energyWh });
export type ContractedReserve = Decoded<typeof contractedReserve>;
