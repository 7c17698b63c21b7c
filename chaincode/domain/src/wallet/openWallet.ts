// SPDX-License-Identifier: Apache-2.0
import type { ParticipantId, WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { zeroMoney } from '../money/money.js';
import type { Quantity } from '../money/quantity.js';
import { checkPublicKey } from '../signature/ed25519Key.js';
import type { Instant } from '../time/ledgerClock.js';
import type { Pocket, Wallet } from './walletRecords.js';

export interface WalletOpening {
    readonly walletId: WalletId;
    readonly publicKey: Uint8Array;
    readonly custodian: ParticipantId;
    readonly existing: Wallet | undefined;
    readonly now: Instant;
}

/** A new wallet with an empty pocket. A holder may have several wallets under one key. */
export function openWallet(opening: WalletOpening): { readonly wallet: Wallet; readonly pocket: Pocket } {
    const { walletId, publicKey, custodian, existing, now } = opening;
    checkPublicKey(publicKey);
    if (existing !== undefined) refuse('WALLET_EXISTS', { walletId });
    return {
        wallet: { walletId, custodian, publicKey, openedAt: now },
        pocket: { balance: zeroMoney, nonce: 0n as Quantity<'count'> },
    };
}
