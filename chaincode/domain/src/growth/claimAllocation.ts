// SPDX-License-Identifier: Apache-2.0
import { type CreditId, holderOf } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { BookValue } from '../money/books.js';
import type { Instant } from '../time/ledgerClock.js';
import { checkNoNonce } from '../wallet/nonce.js';
import type { WalletPolicies } from '../wallet/walletPolicy.js';
import type { Wallet } from '../wallet/walletRecords.js';
import type { ClaimIssuanceIntent, GrowthAllocation } from './growthRecords.js';

/** What an allocation says of money: its amount, until it is claimed. */
export function allocationBook({ amount, claimed }: GrowthAllocation): BookValue {
    return { escrow: claimed === null ? amount : 0n };
}

interface AllocationClaim {
    readonly intent: ClaimIssuanceIntent;
    readonly wallet: Wallet;
    readonly policies: WalletPolicies;
    readonly allocation: GrowthAllocation | undefined;
    readonly creditId: CreditId;
    readonly now: Instant;
}

/** The allocation, taken in by a wallet of its entity. Guards in order. */
export function claimAllocation(facts: AllocationClaim): GrowthAllocation {
    const { intent, wallet, policies, allocation, creditId, now } = facts;
    const { walletId, type } = wallet;
    checkNoNonce(intent);
    // K-Dollars reach the public through sovereign and cooperative accounts (KD-063, KD-064).
    if (!policies[type].receivesIssuance) refuse('ISSUANCE_WALLET_NOT_ALLOWED', { walletId, type });
    const { issuance } = intent;
    if (allocation === undefined) refuse('ALLOCATION_NOT_FOUND', { issuance, entityId: holderOf(walletId) });
    const { entityId, claimed } = allocation;
    if (claimed !== null) refuse('ALLOCATION_CLAIMED', { issuance, entityId, walletId: claimed.to });
    return { ...allocation, claimed: { at: now, to: walletId, creditId } };
}
