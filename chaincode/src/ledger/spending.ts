// SPDX-License-Identifier: Apache-2.0
import {
    assetOf,
    type AssetCode,
    type CreditId,
    type DomainEvent,
    emptyPocket,
    foldCredits,
    type Intent,
    type Money,
    type NamedCredit,
    addMoney,
    refuse,
    spend,
    type WalletId,
} from '@power-currency/domain';
import { checkPayer, payerRefs } from './compliance.js';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import type { StateRef } from './stateTable.js';
import { assetRef, pendingRef, pocketRef, walletRef } from './walletRefs.js';

/** The intent of a wallet to part with money of one asset, which was authorised before. */
interface Spending {
    readonly intent: Intent;
    readonly asset: AssetCode;
    readonly amount: Money;
    /** Pending credits to take in first. */
    readonly foldIds: readonly CreditId[];
}

interface Spent {
    /** What the wallet can spend afterwards. */
    readonly available: Money;
    readonly events: readonly DomainEvent[];
}

/** What {@link spendFromPocket} needs loaded. */
export function spendingRefs(asset: AssetCode, walletId: WalletId, foldIds: readonly CreditId[]): readonly StateRef[] {
    return [walletRef(walletId), assetRef(asset), ...payerRefs(asset, walletId), ...foldRefs(asset, walletId, foldIds)];
}

/** Takes the amount from the wallet's pocket; where it goes is the caller's to write, or the books do not balance. */
export function spendFromPocket(context: LedgerContext, { intent, asset, amount, foldIds }: Spending): Spent {
    const { session } = context;
    const { wallet: walletId } = intent;
    const wallet = session.get(walletRef(walletId)) ?? refuse('WALLET_NOT_FOUND', { walletId });
    const known = assetOf(asset, session.get(assetRef(asset)));
    checkPayer(context, wallet, known, amount);
    const { pocket, folded } = spend({
        intent,
        asset: known,
        amount,
        pocket: session.get(pocketRef(asset, walletId)),
        folds: namedCredits(session, asset, walletId, foldIds),
    });
    session.put(pocketRef(asset, walletId), pocket);
    for (const id of foldIds) session.delete(pendingRef(asset, walletId, id));
    return { available: pocket.balance, events: foldEvents(asset, walletId, folded, foldIds.length) };
}

/** What {@link foldIntoPocket} needs loaded. */
export function foldRefs(asset: AssetCode, walletId: WalletId, creditIds: readonly CreditId[]): readonly StateRef[] {
    return [pocketRef(asset, walletId), ...creditIds.map((creditId) => pendingRef(asset, walletId, creditId))];
}

/** Takes the credits named into the wallet's pocket. */
export function foldIntoPocket(
    { session }: LedgerContext,
    asset: AssetCode,
    walletId: WalletId,
    creditIds: readonly CreditId[],
): Spent & { readonly folded: Money } {
    const folded = foldCredits(walletId, namedCredits(session, asset, walletId, creditIds));
    const pocket = session.get(pocketRef(asset, walletId)) ?? emptyPocket;
    const available = addMoney(pocket.balance, folded);
    session.put(pocketRef(asset, walletId), { ...pocket, balance: available });
    for (const id of creditIds) session.delete(pendingRef(asset, walletId, id));
    return { folded, available, events: foldEvents(asset, walletId, folded, creditIds.length) };
}

function namedCredits(
    session: LedgerSession,
    asset: AssetCode,
    walletId: WalletId,
    creditIds: readonly CreditId[],
): readonly NamedCredit[] {
    return creditIds.map((creditId) => ({ creditId, credit: session.get(pendingRef(asset, walletId, creditId)) }));
}

function foldEvents(asset: AssetCode, walletId: WalletId, amount: Money, creditCount: number): readonly DomainEvent[] {
    return creditCount === 0 ? [] : [{ type: 'CreditsFolded', asset, walletId, amount, creditCount }];
}
