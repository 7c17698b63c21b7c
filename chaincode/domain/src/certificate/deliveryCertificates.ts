// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { Redemption } from '../redemption/redemptionRecords.js';
import type { Instant } from '../time/ledgerClock.js';
import { totalWh } from './bundleGuards.js';
import type { CertificateBundle } from './certificateBundle.js';
import { deliverBundle } from './useBundle.js';

/**
 * The provider's bundles, kept for the redemption they deliver. Energy needs certificates of exactly the Wh that were
 * promised, a service none (Q49). Throws DELIVERY_ENERGY_MISMATCH.
 */
export function deliverCertificates(
    { redemptionId, provider, quote }: Redemption,
    bundles: readonly CertificateBundle[],
    now: Instant,
): readonly CertificateBundle[] {
    const delivered = bundles.map((bundle) => deliverBundle(bundle, { by: provider, now }, redemptionId));
    const certifiedWh = totalWh(bundles);
    if (certifiedWh !== quote.energyWh) {
        const energyWh = quote.energyWh.toString();
        refuse('DELIVERY_ENERGY_MISMATCH', { redemptionId, energyWh, certifiedWh: certifiedWh.toString() });
    }
    return delivered;
}
