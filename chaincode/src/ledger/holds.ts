// SPDX-License-Identifier: Apache-2.0
import {
    type AssetCode,
    checkNotSelf,
    type CreditId,
    type DomainEvent,
    type Hold,
    type HoldChange,
    type HoldId,
    type HoldPurpose,
    type HoldView,
    holdViewOf,
    type Instant,
    type Intent,
    type Money,
    type NamedHold,
    type Quantity,
    reserveHold,
    type WalletId,
} from '@power-currency/domain';
import { checkCreditable, creditWallet, payeeRefs } from './crediting.js';
import type { LedgerContext } from './ledgerContext.js';
import { spendFromPocket, spendingRefs } from './spending.js';
import type { LedgerSession } from './ledgerSession.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

/** The intent to set money aside, with the terms all kinds of holds have. */
type HoldIntent = Intent & {
    readonly asset: AssetCode;
    readonly holdId: HoldId;
    readonly to: WalletId;
    readonly amount: Money;
    readonly holdUntil: Instant;
};

interface HoldCommand {
    readonly intent: HoldIntent;
    readonly foldIds: readonly CreditId[];
}

interface Reserved {
    readonly result: { readonly hold: HoldView; readonly nonce: Quantity<'count'>; readonly available: Money };
    readonly events: readonly DomainEvent[];
}

interface Settled {
    readonly result: {
        readonly hold: HoldView;
        readonly paidCreditId: CreditId | null;
        readonly returnedCreditId: CreditId | null;
    };
    readonly events: readonly DomainEvent[];
}

/** What {@link namedHold} needs loaded: an open hold is money, an ended one is kept apart from it. */
export function holdRefs(asset: AssetCode, wallet: WalletId, holdId: HoldId): readonly StateRef[] {
    return [openRef(asset, wallet, holdId), endedRef(asset, wallet, holdId)];
}

/** What the ledger has under a hold's name, open or ended. */
export function namedHold(session: LedgerSession, asset: AssetCode, wallet: WalletId, holdId: HoldId): NamedHold {
    const existing = session.get(openRef(asset, wallet, holdId)) ?? session.get(endedRef(asset, wallet, holdId));
    return { wallet, holdId, existing };
}

/** What {@link reserveFromPocket} needs loaded. */
export function reservingRefs({ intent: { asset, wallet, holdId, to }, foldIds }: HoldCommand): readonly StateRef[] {
    return [...spendingRefs(asset, wallet, foldIds), ...payeeRefs(asset, to), ...holdRefs(asset, wallet, holdId)];
}

/** Sets money aside from the pocket of a wallet whose intent was authorised. */
export function reserveFromPocket(
    context: LedgerContext,
    { intent, foldIds }: HoldCommand,
    purpose: HoldPurpose,
): Reserved {
    const { asset, wallet, holdId, to, amount, holdUntil, nonce } = intent;
    const { session, now } = context;
    checkNotSelf(wallet, [to]);
    checkCreditable(context, { asset, from: wallet, to });
    const { existing } = namedHold(session, asset, wallet, holdId);
    const hold = reserveHold({ asset, wallet, holdId, to, amount, purpose, holdUntil, existing, now });
    const { available, events } = spendFromPocket(context, { intent, asset, amount, foldIds });
    session.put(openRef(asset, wallet, holdId), hold);
    const { expiresAt } = hold;
    const reserved = { asset, wallet, holdId, to, holdKind: purpose.kind, amount, expiresAt };
    return {
        result: { hold: holdViewOf(hold), nonce, available },
        events: [...events, { type: 'HoldReserved', ...reserved }],
    };
}

/** Writes the hold as it has become, and puts the money that left it on its way. */
export function settleHold(context: LedgerContext, { hold, paid, returned }: HoldChange): Settled {
    const { asset, wallet, holdId, to, state, posted } = hold;
    const names = { asset, wallet, holdId, to };
    writeHold(context.session, hold);
    const events: DomainEvent[] = [];
    let paidCreditId: CreditId | null = null;
    let returnedCreditId: CreditId | null = null;
    if (paid > 0n) {
        paidCreditId = creditWallet(context, asset, to, { amount: paid, origin: 'hold', from: wallet });
        events.push({ type: 'HoldPosted', ...names, amount: paid, creditId: paidCreditId });
    }
    if (returned > 0n) {
        const back = { amount: returned, origin: 'hold-return', from: wallet } as const;
        returnedCreditId = creditWallet(context, asset, wallet, back, 1);
        events.push({ type: 'HoldReturned', ...names, amount: returned, creditId: returnedCreditId });
    }
    if (state !== 'open') events.push({ type: 'HoldEnded', ...names, state, posted });
    return { result: { hold: holdViewOf(hold), paidCreditId, returnedCreditId }, events };
}

function writeHold(session: LedgerSession, hold: Hold): void {
    const { asset, wallet, holdId, state } = hold;
    if (state === 'open') {
        session.put(openRef(asset, wallet, holdId), hold);
        return;
    }
    session.delete(openRef(asset, wallet, holdId));
    session.put(endedRef(asset, wallet, holdId), hold);
}

function openRef(asset: AssetCode, wallet: WalletId, holdId: HoldId): StateRef<Hold> {
    return refTo(tables.hold, asset, wallet, holdId);
}

function endedRef(asset: AssetCode, wallet: WalletId, holdId: HoldId): StateRef<Hold> {
    return refTo(tables.endedHold, asset, wallet, holdId);
}
