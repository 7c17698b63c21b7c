// SPDX-License-Identifier: Apache-2.0
import type { FacilityId, StorageRecordId, WalletId } from '../encoding/identifier.js';
import type { Carrier } from '../energy/carrier.js';
import type { EnergyWh } from '../energy/energy.js';
import type { Facility } from '../energy/facility.js';
import { refuse } from '../error/domainError.js';
import type { Parameters } from '../governance/parameters.js';
import { formatMillionths } from '../encoding/decimal.js';
import { multiplyFloor, type Ppm } from '../money/ratio.js';
import type { Instant } from '../time/ledgerClock.js';
import type { IntervalStart } from '../time/meteringInterval.js';
import { totalWh } from './bundleGuards.js';
import type { CertificateBundle } from './certificateBundle.js';
import { checkType } from './facilityGuards.js';
import { certify, type IssueCase, type Issued } from './issueCertificates.js';
import type { StorageCharge, StorageDischarge, StorageEfficiency } from './storageRecords.js';
import { claimBundle } from './useBundle.js';

export interface EfficiencyCase extends Omit<StorageEfficiency, 'facilityId' | 'attestedAt'> {
    readonly facility: Facility;
    readonly parameters: Parameters;
    readonly now: Instant;
}

/** Throws FACILITY_TYPE_MISMATCH, FACILITY_NOT_OWNED or STORAGE_EFFICIENCY_INVALID. */
export function attestEfficiency({ facility, parameters, now, ...facts }: EfficiencyCase): StorageEfficiency {
    const { facilityId } = facility;
    const { attestedBy, storageEfficiencyFactor: factor } = facts;
    checkType(facility, 'storage');
    if (facility.registeredBy !== attestedBy) {
        refuse('FACILITY_NOT_OWNED', { facilityId, participantId: facility.registeredBy });
    }
    checkEfficiency(facilityId, factor, parameters);
    return { facilityId, ...facts, attestedAt: now };
}

export interface ChargeCase {
    readonly chargeId: StorageRecordId;
    readonly facility: Facility;
    readonly by: WalletId;
    readonly bundles: readonly CertificateBundle[];
    readonly efficiency: StorageEfficiency | undefined;
    readonly existing: StorageCharge | undefined;
    readonly parameters: Parameters;
    readonly now: Instant;
}

/**
 * Stores energy: its certificates are claimed for the storage, and the charge says how much can come back. The bounds of
 * the factor are those of today, whenever it was attested.
 */
export function chargeStorage(given: ChargeCase): {
    readonly charge: StorageCharge;
    readonly claimed: readonly CertificateBundle[];
} {
    const { chargeId, facility, by, bundles, efficiency, existing, parameters, now } = given;
    const { facilityId } = facility;
    checkType(facility, 'storage');
    if (existing !== undefined) refuse('STORAGE_RECORD_EXISTS', { facilityId, recordId: chargeId });
    if (efficiency === undefined) refuse('STORAGE_EFFICIENCY_MISSING', { facilityId });
    const { storageEfficiencyFactor } = efficiency;
    checkEfficiency(facilityId, storageEfficiencyFactor, parameters);
    const use = { beneficiary: facilityId, purpose: `storage charge ${chargeId}` };
    const claimed = bundles.map((bundle) => claimBundle(bundle, { by, now }, use));
    const chargedWh = totalWh(bundles);
    const charge: StorageCharge = {
        ...{ scrAllocationId: chargeId, deviceId: facilityId, accountId: by },
        ...{ chargedWh, storageEfficiencyFactor, chargedAt: now },
        bundleIds: bundles.map(({ certificateBundleId }) => certificateBundleId),
        energySource: oneSource(facilityId, bundles),
        dischargeableWh: multiplyFloor(chargedWh, storageEfficiencyFactor) as EnergyWh,
        dischargedWh: 0n as EnergyWh,
        producedUntil: lastEnd(bundles),
    };
    return { charge, claimed };
}

export interface DischargeCase extends IssueCase {
    readonly dischargeId: StorageRecordId;
    readonly charge: StorageCharge | undefined;
    readonly chargeId: StorageRecordId;
    readonly existing: StorageDischarge | undefined;
}

/** Certifies energy that comes back, by the source of what was stored, as far as the charge reaches. */
export function dischargeStorage(given: DischargeCase): Issued & {
    readonly charge: StorageCharge;
    readonly discharge: StorageDischarge;
} {
    const { dischargeId, chargeId, charge, facility, existing, now } = given;
    const { facilityId } = facility;
    checkType(facility, 'storage');
    if (existing !== undefined) refuse('STORAGE_RECORD_EXISTS', { facilityId, recordId: dischargeId });
    if (charge === undefined) return refuse('STORAGE_CHARGE_NOT_FOUND', { facilityId, chargeId });
    const { energySource, storageEfficiencyFactor, producedUntil } = charge;
    const issued = certify(given, { sdrAllocationId: dischargeId, storageEfficiencyFactor, energySource });
    for (const { productionStartingInterval: start } of issued.bundles) {
        if (start < producedUntil)
            refuse('STORAGE_DISCHARGE_TOO_EARLY', { facilityId, chargeId, start, producedUntil });
    }
    const givenWh = totalWh(issued.bundles);
    const remaining = charge.dischargeableWh - charge.dischargedWh;
    if (givenWh > remaining) {
        const facts = { wanted: givenWh.toString(), remaining: remaining.toString() };
        refuse('STORAGE_CHARGE_EXCEEDED', { facilityId, chargeId, ...facts });
    }
    const bundleIds = issued.bundles.map(({ certificateBundleId }) => certificateBundleId);
    const discharge: StorageDischarge = {
        ...{
            sdrAllocationId: dischargeId,
            scrAllocationId: chargeId,
            deviceId: facilityId,
            accountId: given.accountId,
        },
        ...{ bundleIds, dischargedWh: givenWh, dischargedAt: now },
    };
    return { ...issued, charge: { ...charge, dischargedWh: (charge.dischargedWh + givenWh) as EnergyWh }, discharge };
}

function checkEfficiency(facilityId: FacilityId, factor: Ppm, parameters: Parameters): void {
    const { storageEfficiencyMin: least, storageEfficiencyMax: most } = parameters;
    if (factor >= least && factor <= most) return;
    const bounds = { least: formatMillionths(least), most: formatMillionths(most) };
    refuse('STORAGE_EFFICIENCY_INVALID', { facilityId, storageEfficiencyFactor: formatMillionths(factor), ...bounds });
}

function oneSource(facilityId: FacilityId, bundles: readonly CertificateBundle[]): Carrier {
    const [source, ...others] = new Set(bundles.map(({ energySource }) => energySource));
    if (source === undefined) return refuse('STATE_CORRUPT', { objectType: 'storage-charge', reason: 'of nothing' });
    if (others.length > 0) refuse('STORAGE_SOURCES_MIXED', { facilityId, sources: [source, ...others] });
    return source;
}

function lastEnd(bundles: readonly CertificateBundle[]): IntervalStart {
    const ends = bundles.map(({ productionEndingInterval }) => productionEndingInterval);
    return ends.reduce((latest, end) => (end > latest ? end : latest));
}
