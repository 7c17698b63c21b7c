// SPDX-License-Identifier: Apache-2.0
import {
    assetOf,
    type AssetCode,
    checkAssetCredit,
    checkPayee,
    type CreditId,
    isBuiltIn,
    type PendingCredit,
    type WalletId,
} from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import type { StateRef } from './stateTable.js';
import { allowanceRef, assetRef, pendingRef, walletRef } from './walletRefs.js';

/** What {@link checkCreditable} needs loaded. */
export function payeeRefs(asset: AssetCode, walletId: WalletId): readonly StateRef[] {
    const rules = isBuiltIn(asset) ? [] : [assetRef(asset), allowanceRef(asset, walletId)];
    return [walletRef(walletId), ...rules];
}

/** Money about to reach a wallet: whose it is, or null for newly issued units. */
interface Payment {
    readonly asset: AssetCode;
    readonly from: WalletId | null;
    readonly to: WalletId;
}

/** Whether the wallet can be paid this. Money that only comes back to its owner is not asked about. */
export function checkCreditable({ session }: LedgerContext, { asset, from, to }: Payment): void {
    checkPayee(to, session.get(walletRef(to)));
    if (isBuiltIn(asset)) return;
    checkAssetCredit({
        ...{ asset: assetOf(asset, session.get(assetRef(asset))), from, to },
        allowance: session.get(allowanceRef(asset, to)),
    });
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
