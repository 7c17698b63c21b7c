// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Quantity } from '../money/quantity.js';
import type { Participant } from '../registry/registryRecords.js';
import type { Instant } from '../time/ledgerClock.js';
import { checkWalletKeys, type WalletKeys } from './walletKeys.js';
import type { WalletType } from './walletPolicy.js';
import type { Wallet } from './walletRecords.js';

export interface WalletOpening {
    readonly walletId: WalletId;
    readonly type: WalletType;
    readonly keys: WalletKeys;
    readonly custodian: Participant;
    readonly existing: Wallet | undefined;
    readonly now: Instant;
}

/** A new wallet. A holder may have several, each with many assets, also under one key; guards in the documented order. */
export function openWallet({ walletId, type, keys, custodian, existing, now }: WalletOpening): Wallet {
    checkWalletKeys(keys);
    // A reserve account is a central bank's (KD-062).
    if (type === 'reserve' && !custodian.isIssuer) {
        refuse('WALLET_TYPE_NOT_ALLOWED', { type, participantId: custodian.participantId });
    }
    if (existing !== undefined) refuse('WALLET_EXISTS', { walletId });
    return {
        walletId,
        type,
        custodian: custodian.participantId,
        keys,
        guardians: null,
        changeCount: 0n as Quantity<'count'>,
        state: 'open',
        openedAt: now,
    };
}
