// SPDX-License-Identifier: Apache-2.0
import type { StorageRecordId, WalletId } from '../encoding/identifier.js';
import type { Carrier } from '../energy/carrier.js';
import type { EnergyWh } from '../energy/energy.js';
import type { IntervalEnergy } from '../energy/energyAccounts.js';
import type { Facility } from '../energy/facility.js';
import { refuse } from '../error/domainError.js';
import type { Parameters } from '../governance/parameters.js';
import type { Ppm } from '../money/ratio.js';
import type { Day } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import { type IntervalStart, instantOf, intervalsOfDay, intervalStartAt } from '../time/meteringInterval.js';
import { bundleIdOf } from './bundleId.js';
import type { CertificateBundle } from './certificateBundle.js';
import { checkType } from './facilityGuards.js';

/** Which energy is to be certified. */
export interface IssueWish {
    readonly day: Day;
    /** Intervals of the day; none for each that has unallocated energy. */
    readonly starts: readonly IntervalStart[];
    /** From each of them; null for all that is unallocated. */
    readonly energyWh: EnergyWh | null;
}

export interface IssueCase {
    readonly wish: IssueWish;
    readonly facility: Facility;
    /** What the ledger knows of an interval. */
    readonly energyOf: (start: IntervalStart) => IntervalEnergy | undefined;
    readonly accountId: WalletId;
    readonly parameters: Parameters;
    readonly now: Instant;
}

/** Where the energy came from, if storage gave it back. */
interface StorageOrigin {
    readonly sdrAllocationId: StorageRecordId;
    readonly storageEfficiencyFactor: Ppm;
    readonly energySource: Carrier;
}

export interface Issued {
    readonly bundles: readonly CertificateBundle[];
    /** The intervals, with what was unallocated of them allocated. */
    readonly intervals: readonly IntervalEnergy[];
}

/**
 * Certifies production: one bundle for each interval, of its lowest unallocated watt-hours. Throws
 * FACILITY_TYPE_MISMATCH for storage, which gives back what others made, and for an aggregate, whose energy is certified
 * where it is made.
 */
export function issueCertificates(given: IssueCase): Issued {
    checkType(given.facility, 'generation');
    return certify(given, null);
}

/** Turns unallocated energy into bundles. Throws INTERVAL_NOT_OF_DAY, INTERVAL_REPEATED, ENERGY_NOT_VERIFIED or ENERGY_ALLOCATED. */
export function certify(given: IssueCase, storage: StorageOrigin | null): Issued {
    const intervals = chosenIntervals(given);
    const allocated = intervals.map((interval) => {
        const { facilityId, start, verifiedWh, allocatedWh } = interval;
        const unallocated = verifiedWh - allocatedWh;
        const wanted = given.wish.energyWh ?? unallocated;
        if (unallocated === 0n || wanted > unallocated) {
            const facts = { wanted: wanted.toString(), unallocated: unallocated.toString() };
            refuse('ENERGY_ALLOCATED', { facilityId, start, ...facts });
        }
        const after = { ...interval, allocatedWh: (allocatedWh + wanted) as EnergyWh };
        return { after, bundle: newBundle(given, interval, after.allocatedWh, storage) };
    });
    return { bundles: allocated.map(({ bundle }) => bundle), intervals: allocated.map(({ after }) => after) };
}

function chosenIntervals({ wish, facility, energyOf }: IssueCase): readonly IntervalEnergy[] {
    const { facilityId, intervalMinutes } = facility;
    const { day, starts } = wish;
    const all = intervalsOfDay(day, intervalMinutes);
    if (starts.length === 0) {
        const open = all.flatMap((start) => energyOf(start) ?? []).filter((it) => it.allocatedWh < it.verifiedWh);
        return open.length > 0 ? open : refuse('ENERGY_NOT_VERIFIED', { facilityId, start: day });
    }
    return starts.map((start, index) => {
        if (!all.includes(start)) refuse('INTERVAL_NOT_OF_DAY', { facilityId, day, start });
        if (starts.indexOf(start) !== index) refuse('INTERVAL_REPEATED', { facilityId, start });
        return energyOf(start) ?? refuse('ENERGY_NOT_VERIFIED', { facilityId, start });
    });
}

function newBundle(
    { facility, accountId, parameters, now }: IssueCase,
    { facilityId, start, allocatedWh: first }: IntervalEnergy,
    end: EnergyWh,
    storage: StorageOrigin | null,
): CertificateBundle {
    const last = (end - 1n) as EnergyWh;
    const certificateBundleId = bundleIdOf({ facilityId, start, first, last });
    const productionEnd = instantOf(start) + BigInt(facility.intervalMinutes) * 60n;
    return {
        ...{ certificateBundleId, issuanceId: certificateBundleId, deviceId: facilityId },
        productionStartingInterval: start,
        productionEndingInterval: intervalStartAt(productionEnd as Instant),
        ...{ certificateBundleIdRangeStart: first, certificateBundleIdRangeEnd: last },
        bundleQuantity: (end - first) as EnergyWh,
        ...{ energyCarrier: 'electricity', energySource: storage?.energySource ?? facility.carrier },
        isStorage: storage !== null,
        sdrAllocationId: storage?.sdrAllocationId ?? null,
        storageEfficiencyFactor: storage?.storageEfficiencyFactor ?? null,
        issuanceDatestamp: now,
        expiryDatestamp: (productionEnd + parameters.certificateSecondsMax) as Instant,
        ...{ accountId, certificateBundleStatus: 'Active', changeCount: 1 },
        ...{ beneficiary: null, claimPurpose: null, reservation: null, withdrawal: null, reissue: null },
        ...{ parentId: null, splitInto: [] },
    };
}
