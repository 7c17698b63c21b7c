// SPDX-License-Identifier: Apache-2.0
import {
    type BundleStatus,
    type CertificateAction,
    type CertificateBundle,
    type EnergyStates,
} from '@power-currency/domain';

/** What the states of energy are to people. */
export const stateWords: Readonly<Record<keyof EnergyStates, string>> = {
    unallocated: 'not certified yet',
    certificate: 'certified, and not used yet',
    backingCredits: 'certified, and locked behind Power Credits',
    claimed: 'used: nobody can use it again',
    withdrawn: 'gone to another registry',
    expired: 'expired: nobody used it in time',
};

/** What a transaction did, and with whom. */
export const actionWords: Readonly<Record<CertificateAction, (owner: string) => string>> = {
    issue: (owner) => `certified for ${owner}`,
    discharge: (owner) => `certified for ${owner} as it came out of storage`,
    split: () => 'divided',
    transfer: (owner) => `given to ${owner}`,
    reserve: (owner) => `promised by ${owner}`,
    take: (owner) => `taken by ${owner}`,
    release: (owner) => `promised no longer: free for ${owner}`,
    claim: (owner) => `used by ${owner}`,
    charge: (owner) => `stored by ${owner}`,
    lock: (owner) => `locked behind Power Credits by ${owner}`,
    unlock: (owner) => `unlocked by ${owner}`,
    withdraw: (owner) => `sent to another registry by ${owner}`,
    reissue: (owner) => `back from another registry, for ${owner}`,
    expire: () => 'expired',
    deliver: (owner) => `delivered by ${owner} for credits`,
    redeem: () => 'used: the delivery was accepted, its credits burnt',
    return: (owner) => `back to ${owner}: the delivery did not count`,
};

/** Where certified energy is now: whose, or what for. */
export function whereabouts(bundle: CertificateBundle): string {
    return placeOf[bundle.certificateBundleStatus](bundle);
}

const placeOf: Readonly<Record<BundleStatus, (bundle: CertificateBundle) => string>> = {
    Active: ({ accountId, expiryDatestamp }) => `owned by ${accountId}, to be used before ${timeOf(expiryDatestamp)}`,
    Reserved: ({ accountId, reservation }) => `owned by ${accountId}, ${promiseOf(reservation)}`,
    Locked: ({ accountId }) => `owned by ${accountId}, locked behind Power Credits`,
    Claimed: ({ beneficiary, claimPurpose }) => `used for ${[beneficiary, claimPurpose].filter(Boolean).join(': ')}`,
    Withdrawn: ({ withdrawal }) => `gone to ${withdrawal?.registry ?? '?'} as ${withdrawal?.reference ?? '?'}`,
    Expired: ({ accountId, expiryDatestamp }) =>
        `owned by ${accountId}, who did not use it before ${timeOf(expiryDatestamp)}`,
    Split: ({ splitInto }) => `divided into ${String(splitInto.length)}`,
};

function promiseOf(reservation: CertificateBundle['reservation']): string {
    if (reservation === null) return 'promised';
    return reservation.kind === 'redemption'
        ? `kept for redemption ${reservation.redemptionId}`
        : `promised to ${reservation.walletId} until ${timeOf(reservation.until)}`;
}

/** Seconds since 1970 as ISO 8601 in UTC. */
export function timeOf(seconds: bigint): string {
    return new Date(Number(seconds) * 1000).toISOString().slice(0, 19) + 'Z';
}
