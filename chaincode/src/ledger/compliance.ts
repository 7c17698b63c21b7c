// SPDX-License-Identifier: Apache-2.0
import {
    type ActiveRestriction,
    type Asset,
    type AssetCode,
    checkLimits,
    checkPayeeFree,
    checkPayerFree,
    type DailySpending,
    type Holder,
    type HolderId,
    holderOf,
    type Money,
    refuse,
    type Wallet,
    type WalletId,
} from '@power-currency/domain';
import { parametersOf, walletPoliciesOf } from './basis.js';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { refTo, type StateRef } from './stateTable.js';
import { parametersRef, tables, walletPoliciesRef } from './tables.js';

export const holderRef = (holderId: HolderId): StateRef<Holder> => refTo(tables.holder, holderId);
const spentRef = (asset: AssetCode, holderId: HolderId): StateRef<DailySpending> =>
    refTo(tables.spent, asset, holderId);

/** The holder of a wallet, which must have been loaded: the first wallet of a holder writes it. */
export function holderOfWallet(session: LedgerSession, walletId: WalletId): Holder {
    const holderId = holderOf(walletId);
    return session.get(holderRef(holderId)) ?? refuse('STATE_CORRUPT', { objectType: 'holder', reason: 'missing' });
}

/** The restrictions of a holder: what {@link checkMayPay} and {@link checkMayBePaid} need loaded. */
export function restrictedRef(holderId: HolderId): StateRef<readonly ActiveRestriction[]> {
    return refTo(tables.restricted, holderId);
}

/** Whether money may leave the wallet. Everything that moves a holder's money to another asks this. */
export function checkMayPay({ session, now }: LedgerContext, walletId: WalletId): void {
    checkPayerFree(walletId, session.get(restrictedRef(holderOf(walletId))) ?? [], now);
}

/** Whether money of others may reach the wallet. */
export function checkMayBePaid({ session, now }: LedgerContext, walletId: WalletId): void {
    checkPayeeFree(walletId, session.get(restrictedRef(holderOf(walletId))) ?? [], now);
}

/** What {@link checkPayer} needs loaded. */
export function payerRefs(asset: AssetCode, walletId: WalletId): readonly StateRef[] {
    const holderId = holderOf(walletId);
    return [holderRef(holderId), restrictedRef(holderId), spentRef(asset, holderId), parametersRef, walletPoliciesRef];
}

/** Whether the wallet may part with the amount now: counts it where its holder has a daily limit. */
export function checkPayer(context: LedgerContext, wallet: Wallet, asset: Asset, amount: Money): void {
    const { session, now } = context;
    checkMayPay(context, wallet.walletId);
    const ref = spentRef(asset.code, holderOf(wallet.walletId));
    const spent = checkLimits({
        ...{ wallet, asset, amount, now, spent: session.get(ref) },
        holder: holderOfWallet(session, wallet.walletId),
        parameters: parametersOf(session),
        walletPolicies: walletPoliciesOf(session),
    });
    if (spent !== undefined) session.put(ref, spent);
}
