// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Wallet } from './walletRecords.js';

/** The wallet, if it can be paid. Throws WALLET_NOT_FOUND or WALLET_CLOSED. */
export function checkPayee(walletId: WalletId, wallet: Wallet | undefined): Wallet {
    if (wallet === undefined) refuse('WALLET_NOT_FOUND', { walletId });
    if (wallet.state === 'closed') refuse('WALLET_CLOSED', { walletId });
    return wallet;
}

/** Whether a payment from the one to the others pays somebody else. Throws TRANSFER_TO_SELF. */
export function checkNotSelf(from: WalletId, payees: readonly WalletId[]): void {
    if (payees.includes(from)) refuse('TRANSFER_TO_SELF', { walletId: from });
}
