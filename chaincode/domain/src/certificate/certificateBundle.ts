// SPDX-License-Identifier: Apache-2.0
import { boolean, type Decoded, freeText, integer, list, nullable, object, oneOf, text } from '../encoding/codec.js';
import { externalReference, facilityId, redemptionId, storageRecordId, walletId } from '../encoding/identifier.js';
import { energyWh, instant, positiveEnergyWh, ratio } from '../encoding/quantityCodec.js';
import { union } from '../encoding/union.js';
import { carrier } from '../energy/carrier.js';
import { intervalStart } from '../time/meteringInterval.js';
import { bundleId } from './bundleId.js';

/** Most bundles one delivery of a redemption names. */
export const deliveredBundlesMax = 24;

/** Most bundles one transaction deals with. */
export const bundleCountMax = 64;

/**
 * EnergyTag's states, less `Cancelled`: what is cancelled here is claimed for a beneficiary in the same transaction. The
 * watt-hours of a `Split` bundle (its registry writes `Bundle Split`) belong to the bundles it was split into.
 * - `Active`: its owner's to use; `Reserved`: promised to a wallet or a redemption; `Locked`: backs Power Credits.
 * - `Claimed`: used by a beneficiary; `Withdrawn`: left for another registry; `Expired`: nobody used it in time.
 */
export const bundleStatus = oneOf(['Active', 'Reserved', 'Locked', 'Claimed', 'Withdrawn', 'Expired', 'Split']);
export type BundleStatus = Decoded<typeof bundleStatus>;

/** Who a certificate is used for, and what for. */
export const beneficiary = freeText(200, 1);
export const claimPurpose = freeText(200);

/** Another registry by its own name, and its number for what happened there. */
const foreignRegistry = text(/^[a-z0-9._-]{1,64}$/, 'registry name');
export const foreignEntry = object({ registry: foreignRegistry, reference: externalReference });
export type ForeignEntry = Decoded<typeof foreignEntry>;

/** For whom a reserved bundle is kept. */
const reservation = union({
    wallet: object({ walletId, until: instant }),
    redemption: object({ redemptionId }),
});

/**
 * Certified energy: one contiguous range of the watt-hours verified of one facility and metering interval. The names are
 * those of EnergyTag's Granular Certificate Bundle (API specification, version 2) where it has them; there is one
 * certificate to the watt-hour (its `face_value` is 1).
 */
export const certificateBundle = object({
    certificateBundleId: bundleId,
    /** The bundle as it was issued, of which this is all or a part. */
    issuanceId: bundleId,
    deviceId: facilityId,
    productionStartingInterval: intervalStart,
    productionEndingInterval: intervalStart,
    certificateBundleIdRangeStart: energyWh,
    certificateBundleIdRangeEnd: energyWh,
    /** Wh. */
    bundleQuantity: positiveEnergyWh,
    energyCarrier: oneOf(['electricity']),
    energySource: carrier,
    isStorage: boolean,
    /** The discharge of the storage that gave this energy back. */
    sdrAllocationId: nullable(storageRecordId),
    storageEfficiencyFactor: nullable(ratio),
    issuanceDatestamp: instant,
    /** When it can no longer be used; exclusive. */
    expiryDatestamp: instant,
    /** The wallet that owns it. */
    accountId: walletId,
    certificateBundleStatus: bundleStatus,
    beneficiary: nullable(beneficiary),
    claimPurpose: nullable(claimPurpose),
    reservation: nullable(reservation),
    /** Where it went. */
    withdrawal: nullable(foreignEntry),
    /** The cancellation elsewhere under which it last came back. */
    reissue: nullable(foreignEntry),
    parentId: nullable(bundleId),
    splitInto: list(bundleId, bundleCountMax),
    /** How many transactions changed it, or what it was split from. */
    changeCount: integer(1, 2 ** 31),
});
export type CertificateBundle = Decoded<typeof certificateBundle>;

/** What a wallet has, found under the wallet. */
export const certificateHolding = object({ certificateBundleId: bundleId });
