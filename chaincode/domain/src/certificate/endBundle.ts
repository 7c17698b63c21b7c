// SPDX-License-Identifier: Apache-2.0
import type { RedemptionId, WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import { checkStatus } from './bundleGuards.js';
import type { CertificateBundle, ForeignEntry } from './certificateBundle.js';
import type { CertificateUse } from './useBundle.js';

/** Nobody used it in time. Throws CERTIFICATE_IN_DELIVERY or CERTIFICATE_NOT_EXPIRED. */
export function expireBundle(bundle: CertificateBundle, now: Instant): CertificateBundle {
    checkStatus(bundle, 'Active', 'Reserved');
    const { certificateBundleId: bundleId, expiryDatestamp, reservation } = bundle;
    if (reservation?.kind === 'redemption') refuse('CERTIFICATE_IN_DELIVERY', { bundleId });
    if (now < expiryDatestamp) refuse('CERTIFICATE_NOT_EXPIRED', { bundleId, expiresAt: expiryDatestamp.toString() });
    return { ...bundle, certificateBundleStatus: 'Expired', reservation: null };
}

/** The same watt-hours come back from another registry, which has cancelled them. Throws CERTIFICATE_REGISTRY_MISMATCH. */
export function reissueBundle(bundle: CertificateBundle, to: WalletId, cancellation: ForeignEntry): CertificateBundle {
    checkStatus(bundle, 'Withdrawn');
    const { certificateBundleId: bundleId, withdrawal } = bundle;
    if (withdrawal?.registry !== cancellation.registry) {
        refuse('CERTIFICATE_REGISTRY_MISMATCH', { bundleId, registry: cancellation.registry });
    }
    const back = { accountId: to, certificateBundleStatus: 'Active', withdrawal: null } as const;
    return { ...bundle, ...back, reissue: cancellation };
}

/** The delivery it was kept for is settled: the energy is used, for whoever redeemed credits for it. */
export function redeemBundle(
    bundle: CertificateBundle,
    redemptionId: RedemptionId,
    { beneficiary, purpose }: CertificateUse,
): CertificateBundle {
    checkDelivered(bundle, redemptionId);
    return { ...bundle, beneficiary, claimPurpose: purpose, certificateBundleStatus: 'Claimed', reservation: null };
}

/** The delivery it was kept for did not count: the provider has it back. */
export function returnBundle(bundle: CertificateBundle, redemptionId: RedemptionId): CertificateBundle {
    checkDelivered(bundle, redemptionId);
    return { ...bundle, certificateBundleStatus: 'Active', reservation: null };
}

function checkDelivered({ reservation }: CertificateBundle, redemptionId: RedemptionId): void {
    if (reservation?.kind !== 'redemption' || reservation.redemptionId !== redemptionId) {
        refuse('STATE_CORRUPT', { objectType: 'certificate', reason: 'not kept for the redemption that names it' });
    }
}
