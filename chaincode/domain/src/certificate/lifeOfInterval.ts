// SPDX-License-Identifier: Apache-2.0
import { type Decoded, object } from '../encoding/codec.js';
import { energyWh } from '../encoding/quantityCodec.js';
import type { EnergyWh } from '../energy/energy.js';
import type { IntervalEnergy } from '../energy/energyAccounts.js';
import { refuse } from '../error/domainError.js';
import type { BundleStatus, CertificateBundle } from './certificateBundle.js';

/** Where the watt-hours verified of one facility and interval are: each in exactly one of six states (F19). */
export const energyStates = object({
    unallocated: energyWh,
    certificate: energyWh,
    backingCredits: energyWh,
    claimed: energyWh,
    withdrawn: energyWh,
    expired: energyWh,
});
export type EnergyStates = Decoded<typeof energyStates>;

const stateOf: Readonly<Record<Exclude<BundleStatus, 'Split'>, keyof EnergyStates>> = {
    Active: 'certificate',
    Reserved: 'certificate',
    Locked: 'backingCredits',
    Claimed: 'claimed',
    Withdrawn: 'withdrawn',
    Expired: 'expired',
};

/**
 * Adds up an interval from all its bundles. Throws STATE_CORRUPT where a watt-hour has no state, or two: the bundles that
 * were not split must cover what is allocated without gap or overlap.
 */
export function lifeOfInterval(
    { verifiedWh, allocatedWh }: Pick<IntervalEnergy, 'verifiedWh' | 'allocatedWh'>,
    bundles: readonly CertificateBundle[],
): EnergyStates {
    const states: Record<keyof EnergyStates, bigint> = {
        ...{ unallocated: verifiedWh - allocatedWh, certificate: 0n, backingCredits: 0n },
        ...{ claimed: 0n, withdrawn: 0n, expired: 0n },
    };
    let covered = 0n;
    for (const { status, bundle } of bundles.flatMap(unsplit).sort(byRange)) {
        const first = bundle.certificateBundleIdRangeStart;
        if (first !== covered) corrupt(first < covered ? 'a watt-hour is in two bundles' : 'a watt-hour is in none');
        covered = bundle.certificateBundleIdRangeEnd + 1n;
        if (bundle.bundleQuantity !== covered - first) corrupt('a bundle is not as large as its range');
        states[stateOf[status]] += bundle.bundleQuantity;
    }
    if (covered !== allocatedWh) corrupt('the bundles are not what was allocated');
    if (states.unallocated < 0n) corrupt('more is allocated than was verified');
    return states as Record<keyof EnergyStates, EnergyWh>;
}

interface Unsplit {
    readonly status: Exclude<BundleStatus, 'Split'>;
    readonly bundle: CertificateBundle;
}

function unsplit(bundle: CertificateBundle): readonly Unsplit[] {
    const { certificateBundleStatus: status } = bundle;
    return status === 'Split' ? [] : [{ status, bundle }];
}

function byRange({ bundle: a }: Unsplit, { bundle: b }: Unsplit): number {
    return a.certificateBundleIdRangeStart < b.certificateBundleIdRangeStart ? -1 : 1;
}

function corrupt(reason: string): never {
    return refuse('STATE_CORRUPT', { objectType: 'certificate', reason });
}
