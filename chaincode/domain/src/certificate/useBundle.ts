// SPDX-License-Identifier: Apache-2.0
import type { RedemptionId, WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import { checkOwned, checkStatus, checkUsable } from './bundleGuards.js';
import type { CertificateBundle, ForeignEntry } from './certificateBundle.js';

/** Longest time a bundle may be reserved, in seconds: thirty days. */
const reservationSecondsMax = 2_592_000n;

/** Who uses certified energy, and what for. */
export interface CertificateUse {
    readonly beneficiary: string;
    readonly purpose: string;
}

interface Use {
    /** The wallet whose holder signed. */
    readonly by: WalletId;
    readonly now: Instant;
}

/** Gives the bundle to another wallet. */
export function transferBundle(bundle: CertificateBundle, { by, now }: Use, to: WalletId): CertificateBundle {
    return { ...activeOf(bundle, by, now), accountId: to };
}

/** Keeps the bundle for another wallet until a time. Throws also CERTIFICATE_RESERVATION_INVALID. */
export function reserveBundle(
    bundle: CertificateBundle,
    { by, now }: Use,
    { to, until }: { readonly to: WalletId; readonly until: Instant },
): CertificateBundle {
    const active = activeOf(bundle, by, now);
    const latest = now + reservationSecondsMax;
    if (until <= now || until > latest) {
        const { certificateBundleId: bundleId } = bundle;
        refuse('CERTIFICATE_RESERVATION_INVALID', { bundleId, until: until.toString(), latest: latest.toString() });
    }
    const reservation = { kind: 'wallet', walletId: to, until } as const;
    return { ...active, certificateBundleStatus: 'Reserved', reservation };
}

/** The wallet a bundle is kept for takes it, in time. Throws also CERTIFICATE_RESERVATION_ENDED. */
export function takeBundle(bundle: CertificateBundle, { by, now }: Use, from: WalletId): CertificateBundle {
    const { certificateBundleId: bundleId } = bundle;
    checkOwned(bundle, from, 'Reserved');
    const { walletId, until } = reservationOf(bundle);
    if (walletId !== by) refuse('CERTIFICATE_NOT_YOURS', { bundleId, walletId: by });
    if (now >= until) refuse('CERTIFICATE_RESERVATION_ENDED', { bundleId, until: until.toString() });
    checkUsable(bundle, now);
    return { ...bundle, accountId: by, certificateBundleStatus: 'Active', reservation: null };
}

/**
 * Ends a reservation: whoever it is for gives it up at any time, the owner once it has ended. Throws also
 * CERTIFICATE_RESERVATION_OPEN.
 */
export function releaseBundle(bundle: CertificateBundle, { by, now }: Use): CertificateBundle {
    const { certificateBundleId: bundleId } = bundle;
    const { walletId, until } = reservationOf(bundle);
    if (walletId !== by) {
        checkOwned(bundle, by, 'Reserved');
        if (now < until) refuse('CERTIFICATE_RESERVATION_OPEN', { bundleId, until: until.toString() });
    }
    return { ...bundle, certificateBundleStatus: 'Active', reservation: null };
}

/** Uses the energy for a beneficiary, for good. */
export function claimBundle(
    bundle: CertificateBundle,
    { by, now }: Use,
    { beneficiary, purpose }: CertificateUse,
): CertificateBundle {
    const active = activeOf(bundle, by, now);
    return { ...active, certificateBundleStatus: 'Claimed', beneficiary, claimPurpose: purpose };
}

/** Sends the energy to another registry, which goes on certifying it under its own number. */
export function withdrawBundle(bundle: CertificateBundle, { by, now }: Use, to: ForeignEntry): CertificateBundle {
    return { ...activeOf(bundle, by, now), certificateBundleStatus: 'Withdrawn', withdrawal: to };
}

/** Keeps the bundle for a delivery that is being settled. */
export function deliverBundle(
    bundle: CertificateBundle,
    { by, now }: Use,
    redemptionId: RedemptionId,
): CertificateBundle {
    const reservation = { kind: 'redemption', redemptionId } as const;
    return { ...activeOf(bundle, by, now), certificateBundleStatus: 'Reserved', reservation };
}

/** What locks the bundle behind Power Credits. */
export function lockBundle(bundle: CertificateBundle, { by, now }: Use): CertificateBundle {
    return { ...activeOf(bundle, by, now), certificateBundleStatus: 'Locked' };
}

/** A locked bundle is its owner's to use again. */
export function unlockBundle(bundle: CertificateBundle, by: WalletId): CertificateBundle {
    checkOwned(bundle, by, 'Locked');
    return { ...bundle, certificateBundleStatus: 'Active' };
}

function activeOf(bundle: CertificateBundle, by: WalletId, now: Instant): CertificateBundle {
    checkOwned(bundle, by, 'Active');
    checkUsable(bundle, now);
    return bundle;
}

function reservationOf(bundle: CertificateBundle): { readonly walletId: WalletId; readonly until: Instant } {
    checkStatus(bundle, 'Reserved');
    const { certificateBundleId: bundleId, reservation } = bundle;
    if (reservation?.kind !== 'wallet') return refuse('CERTIFICATE_IN_DELIVERY', { bundleId });
    return reservation;
}
