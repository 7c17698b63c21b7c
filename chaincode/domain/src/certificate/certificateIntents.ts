// SPDX-License-Identifier: Apache-2.0
import { list, nullable } from '../encoding/codec.js';
import { facilityId, storageRecordId, walletId } from '../encoding/identifier.js';
import { instant, positiveEnergyWh } from '../encoding/quantityCodec.js';
import { day } from '../time/day.js';
import { intervalStart } from '../time/meteringInterval.js';
import { intentOf } from '../wallet/intent.js';
import { bundleId } from './bundleId.js';
import { beneficiary, bundleCountMax, claimPurpose, foreignEntry } from './certificateBundle.js';

/** Intervals of a day in quarters of an hour. */
const intervalCountMax = 96;
const bundleIds = list(bundleId, bundleCountMax, 1);

/** Which intervals of a day, and how much of each: see `IssueWish`. */
const wish = {
    facilityId,
    day,
    starts: list(intervalStart, intervalCountMax),
    energyWh: nullable(positiveEnergyWh),
} as const;

/** What an entity signs to have certificates of its facility's verified energy, for the wallet it signs with. */
export const issueCertificatesIntent = intentOf('issue-certificates', wish);
/** What owners sign. */
export const splitCertificateIntent = intentOf('split-certificate', {
    bundleId,
    quantities: list(positiveEnergyWh, bundleCountMax, 2),
});
export const transferCertificatesIntent = intentOf('transfer-certificates', { bundleIds, to: walletId });
export const reserveCertificatesIntent = intentOf('reserve-certificates', { bundleIds, to: walletId, until: instant });
export const claimCertificatesIntent = intentOf('claim-certificates', {
    bundleIds,
    beneficiary,
    purpose: claimPurpose,
});
export const withdrawCertificatesIntent = intentOf('withdraw-certificates', { bundleIds, destination: foreignEntry });
export const lockCertificatesIntent = intentOf('lock-certificates', { bundleIds });
export const unlockCertificatesIntent = intentOf('unlock-certificates', { bundleIds });

/** What the one signs for whom bundles are reserved. */
export const takeCertificatesIntent = intentOf('take-certificates', { bundleIds, from: walletId });
/** What either of the two signs to end a reservation. */
export const releaseCertificatesIntent = intentOf('release-certificates', { bundleIds });

/** What the entity of a storage facility signs when it stores energy, and when it gives some back. */
export const chargeStorageIntent = intentOf('charge-storage', { facilityId, chargeId: storageRecordId, bundleIds });
export const dischargeStorageIntent = intentOf('discharge-storage', {
    dischargeId: storageRecordId,
    chargeId: storageRecordId,
    ...wish,
});
