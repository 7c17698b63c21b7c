// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { type Decoded, list, object } from '../encoding/codec.js';
import { facilityId, participantId, storageRecordId, walletId } from '../encoding/identifier.js';
import { energyWh, instant, positiveEnergyWh, ratio } from '../encoding/quantityCodec.js';
import { carrier } from '../energy/carrier.js';
import { intervalStart } from '../time/meteringInterval.js';
import { bundleId } from './bundleId.js';
import { bundleCountMax } from './certificateBundle.js';

/** What a storage facility gives back of what it takes in, as the member that vouches for its entity has attested. */
export const storageEfficiency = object({
    facilityId,
    storageEfficiencyFactor: ratio,
    /** SHA-256 of what was examined. */
    evidence: digest,
    attestedBy: participantId,
    attestedAt: instant,
});
export type StorageEfficiency = Decoded<typeof storageEfficiency>;

/**
 * Energy taken in, by the certificates that were used up for it: EnergyTag's Storage Charge Record. Ids have its names
 * (API specification, version 2); its names for energies differ from version to version.
 */
export const storageCharge = object({
    scrAllocationId: storageRecordId,
    deviceId: facilityId,
    accountId: walletId,
    bundleIds: list(bundleId, bundleCountMax, 1),
    /** Of all of them. */
    energySource: carrier,
    chargedWh: positiveEnergyWh,
    storageEfficiencyFactor: ratio,
    /** What can be given back of it: the charge times the factor, rounded down to a Wh. */
    dischargeableWh: energyWh,
    dischargedWh: energyWh,
    /** When the last of it had been produced: nothing comes back earlier. */
    producedUntil: intervalStart,
    chargedAt: instant,
});
export type StorageCharge = Decoded<typeof storageCharge>;

/** Energy given back, with the certificates issued for it: EnergyTag's Storage Discharge Record. */
export const storageDischarge = object({
    sdrAllocationId: storageRecordId,
    /** The charge it came of. */
    scrAllocationId: storageRecordId,
    deviceId: facilityId,
    accountId: walletId,
    /** As they were issued. */
    bundleIds: list(bundleId, 96, 1),
    dischargedWh: positiveEnergyWh,
    dischargedAt: instant,
});
export type StorageDischarge = Decoded<typeof storageDischarge>;
