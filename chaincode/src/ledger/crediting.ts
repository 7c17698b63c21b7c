// SPDX-License-Identifier: Apache-2.0
import { type AssetCode, checkPayee, type CreditId, type PendingCredit, type WalletId } from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import type { StateRef } from './stateTable.js';
import { pendingRef, walletRef } from './walletRefs.js';

/** What {@link checkCreditable} needs loaded. */
export function payeeRefs(walletId: WalletId): readonly StateRef[] {
    return [walletRef(walletId)];
}

/** Whether the wallet can be paid. Money that only comes back to its owner is not asked about. */
export function checkCreditable({ session }: LedgerContext, walletId: WalletId): void {
    checkPayee(walletId, session.get(walletRef(walletId)));
}

/**
 * Puts money on its way to a wallet. The credit's key is new and this transaction's own, so that nothing can conflict
 * with it; `number` tells the credits of one transaction apart.
 */
export function creditWallet(
    { session, stub }: LedgerContext,
    asset: AssetCode,
    to: WalletId,
    credit: PendingCredit,
    number?: number,
): CreditId {
    const creditId = (number === undefined ? stub.getTxID() : `${stub.getTxID()}-${String(number)}`) as CreditId;
    session.insertBlind(pendingRef(asset, to, creditId), credit);
    return creditId;
}
