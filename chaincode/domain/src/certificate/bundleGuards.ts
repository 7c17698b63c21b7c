// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '../encoding/identifier.js';
import type { EnergyWh } from '../energy/energy.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import type { BundleId } from './bundleId.js';
import type { BundleStatus, CertificateBundle } from './certificateBundle.js';

/** Throws CERTIFICATE_REPEATED: the same watt-hours twice in one list would count twice. */
export function checkDistinctBundles(bundleIds: readonly BundleId[]): void {
    const seen = new Set<BundleId>();
    for (const bundleId of bundleIds) {
        if (seen.has(bundleId)) refuse('CERTIFICATE_REPEATED', { bundleId });
        seen.add(bundleId);
    }
}

/** Throws CERTIFICATE_NOT_FOUND. */
export function existingBundle(bundleId: BundleId, found: CertificateBundle | undefined): CertificateBundle {
    return found ?? refuse('CERTIFICATE_NOT_FOUND', { bundleId });
}

/** Whether a bundle is this wallet's and in one of these states. Throws CERTIFICATE_NOT_YOURS or CERTIFICATE_STATUS_MISMATCH. */
export function checkOwned(bundle: CertificateBundle, by: WalletId, ...expected: readonly BundleStatus[]): void {
    const { certificateBundleId: bundleId, accountId } = bundle;
    if (accountId !== by) refuse('CERTIFICATE_NOT_YOURS', { bundleId, walletId: by });
    checkStatus(bundle, ...expected);
}

/** Throws CERTIFICATE_STATUS_MISMATCH. */
export function checkStatus(bundle: CertificateBundle, ...expected: readonly BundleStatus[]): void {
    const { certificateBundleId: bundleId, certificateBundleStatus: status } = bundle;
    if (!expected.includes(status)) refuse('CERTIFICATE_STATUS_MISMATCH', { bundleId, status, expected });
}

/** Throws CERTIFICATE_EXPIRED. */
export function checkUsable({ certificateBundleId: bundleId, expiryDatestamp }: CertificateBundle, now: Instant): void {
    if (now >= expiryDatestamp) {
        refuse('CERTIFICATE_EXPIRED', { bundleId, expiresAt: expiryDatestamp.toString() });
    }
}

/** What bundles certify together. */
export function totalWh(bundles: readonly CertificateBundle[]): EnergyWh {
    return bundles.reduce((sum, { bundleQuantity }) => sum + bundleQuantity, 0n) as EnergyWh;
}
