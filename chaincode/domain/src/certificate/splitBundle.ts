// SPDX-License-Identifier: Apache-2.0
import type { EnergyWh } from '../energy/energy.js';
import type { WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { bundleIdOf } from './bundleId.js';
import { checkOwned } from './bundleGuards.js';
import type { CertificateBundle } from './certificateBundle.js';

interface Split {
    /** Keeps its place as a record of where the parts come from. */
    readonly parent: CertificateBundle;
    readonly parts: readonly CertificateBundle[];
}

/**
 * Divides a bundle into consecutive ranges of these quantities, lowest first; everything else about the parts is as it
 * was. Throws CERTIFICATE_SPLIT_INVALID unless they add up to the whole.
 */
export function splitBundle(bundle: CertificateBundle, by: WalletId, quantities: readonly EnergyWh[]): Split {
    checkOwned(bundle, by, 'Active', 'Locked');
    const { certificateBundleId: parentId, bundleQuantity, deviceId: facilityId } = bundle;
    const total = quantities.reduce((sum, quantity) => sum + quantity, 0n);
    if (total !== bundleQuantity) {
        const facts = { bundleQuantity: bundleQuantity.toString(), total: total.toString() };
        refuse('CERTIFICATE_SPLIT_INVALID', { bundleId: parentId, ...facts });
    }
    const changeCount = bundle.changeCount + 1;
    let first: bigint = bundle.certificateBundleIdRangeStart;
    const parts = quantities.map((quantity): CertificateBundle => {
        const range = { first: first as EnergyWh, last: (first + quantity - 1n) as EnergyWh };
        first += quantity;
        return {
            ...bundle,
            certificateBundleId: bundleIdOf({ facilityId, start: bundle.productionStartingInterval, ...range }),
            ...{ certificateBundleIdRangeStart: range.first, certificateBundleIdRangeEnd: range.last },
            ...{ bundleQuantity: quantity, parentId, changeCount },
        };
    });
    const splitInto = parts.map(({ certificateBundleId }) => certificateBundleId);
    return { parent: { ...bundle, certificateBundleStatus: 'Split', splitInto, changeCount }, parts };
}
