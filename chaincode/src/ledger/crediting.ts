// SPDX-License-Identifier: Apache-2.0
import {
    assetOf,
    type AssetCode,
    checkAssetCredit,
    checkPayee,
    type CreditId,
    holderOf,
    isBuiltIn,
    type PendingCredit,
    tierOf,
    type WalletId,
} from '@power-currency/domain';
import { checkMayBePaid, checkMayPay, holderOfWallet, holderRef, restrictedRef } from './compliance.js';
import type { LedgerContext } from './ledgerContext.js';
import type { StateRef } from './stateTable.js';
import { allowanceRef, assetRef, pendingRef, walletRef } from './walletRefs.js';

/** What {@link checkCreditable} needs loaded, beside {@link restrictedRef} of the payer's holder. */
export function payeeRefs(asset: AssetCode, walletId: WalletId): readonly StateRef[] {
    const rules = isBuiltIn(asset)
        ? []
        : [assetRef(asset), allowanceRef(asset, walletId), holderRef(holderOf(walletId))];
    return [walletRef(walletId), restrictedRef(holderOf(walletId)), ...rules];
}

/** Money about to reach a wallet: whose it is, or null for newly issued units. */
interface Payment {
    readonly asset: AssetCode;
    readonly from: WalletId | null;
    readonly to: WalletId;
}

/** Whether the wallet can be paid this. Money that only comes back to its owner is not asked about. */
export function checkCreditable(context: LedgerContext, { asset, from, to }: Payment): void {
    const { session, now } = context;
    checkPayee(to, session.get(walletRef(to)));
    checkMayBePaid(context, to);
    // Whoever has stolen a key could set money aside for itself first: what is paid out of that is held up as well.
    if (from !== null) checkMayPay(context, from);
    if (isBuiltIn(asset)) return;
    checkAssetCredit({
        ...{ asset: assetOf(asset, session.get(assetRef(asset))), from, to },
        allowance: session.get(allowanceRef(asset, to)),
        tier: tierOf(holderOfWallet(session, to), now),
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
