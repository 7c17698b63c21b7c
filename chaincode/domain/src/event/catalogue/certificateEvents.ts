// SPDX-License-Identifier: Apache-2.0
import { bundleId } from '../../certificate/bundleId.js';
import { beneficiary, bundleCountMax, claimPurpose, foreignEntry } from '../../certificate/certificateBundle.js';
import { digest } from '../../encoding/byteCodec.js';
import { list, nullable, object } from '../../encoding/codec.js';
import { facilityId, participantId, redemptionId, storageRecordId, walletId } from '../../encoding/identifier.js';
import { energyWh, instant, positiveEnergyWh, ratio } from '../../encoding/quantityCodec.js';
import { carrier } from '../../energy/carrier.js';

/** The bundles it happened to, and what they certify together. */
const bundles = { bundleIds: list(bundleId, 96, 1), energyWh: positiveEnergyWh } as const;

export const certificateEvents = {
    CertificatesIssued: object({ facilityId, walletId, ...bundles, dischargeId: nullable(storageRecordId) }),
    CertificateSplit: object({ bundleId, walletId, splitInto: list(bundleId, bundleCountMax, 2) }),
    CertificatesTransferred: object({ from: walletId, to: walletId, ...bundles }),
    CertificatesReserved: object({ walletId, to: walletId, until: instant, ...bundles }),
    CertificatesReleased: object({ walletId, ...bundles }),
    CertificatesClaimed: object({ walletId, beneficiary, purpose: claimPurpose, ...bundles }),
    CertificatesLocked: object({ walletId, ...bundles, lockedWh: energyWh }),
    CertificatesUnlocked: object({ walletId, ...bundles, lockedWh: energyWh }),
    CertificatesWithdrawn: object({ walletId, destination: foreignEntry, ...bundles }),
    CertificatesReissued: object({ walletId, cancellation: foreignEntry, ...bundles }),
    CertificatesExpired: object({ ...bundles }),
    CertificatesReturned: object({ redemptionId, walletId, ...bundles }),
    StorageEfficiencyAttested: object({
        facilityId,
        storageEfficiencyFactor: ratio,
        evidence: digest,
        by: participantId,
    }),
    StorageCharged: object({
        facilityId,
        chargeId: storageRecordId,
        energySource: carrier,
        chargedWh: positiveEnergyWh,
        dischargeableWh: energyWh,
    }),
    StorageDischarged: object({
        facilityId,
        dischargeId: storageRecordId,
        chargeId: storageRecordId,
        dischargedWh: positiveEnergyWh,
    }),
} as const;
