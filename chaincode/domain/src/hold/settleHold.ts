// SPDX-License-Identifier: Apache-2.0
import type { HoldId, WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { addMoney, type Money, subtractMoney, zeroMoney } from '../money/money.js';
import type { Instant } from '../time/ledgerClock.js';
import type { Hold, HoldKind, HoldPurpose } from './holdRecord.js';

/** A hold that somebody named, with what the ledger has under that name. */
export interface NamedHold {
    readonly wallet: WalletId;
    readonly holdId: HoldId;
    readonly existing: Hold | undefined;
}

/** A hold of one kind. */
type HoldOf<K extends HoldKind> = Hold & { readonly purpose: Extract<HoldPurpose, { readonly kind: K }> };

/** A hold after a change, and the money that left it on the way. */
export interface HoldChange {
    readonly hold: Hold;
    /** To the counterparty. */
    readonly paid: Money;
    /** Back to the payer. */
    readonly returned: Money;
}

/**
 * The hold, if it is open, of this kind and in favour of this counterparty. Throws HOLD_NOT_FOUND, HOLD_KIND_MISMATCH,
 * HOLD_NOT_COUNTERPARTY or HOLD_ENDED.
 */
export function claimHold<K extends HoldKind>(
    { wallet, holdId, existing }: NamedHold,
    expected: K,
    counterparty: WalletId,
): HoldOf<K> {
    const found = existing ?? refuse('HOLD_NOT_FOUND', { walletId: wallet, holdId });
    const { to, purpose } = found;
    if (purpose.kind !== expected) refuse('HOLD_KIND_MISMATCH', { holdId, kind: purpose.kind, expected });
    if (to !== counterparty) refuse('HOLD_NOT_COUNTERPARTY', { holdId, walletId: counterparty, counterparty: to });
    return checkOpen(found) as HoldOf<K>;
}

/** Pays the counterparty out of an open hold. Throws HOLD_EXPIRED or HOLD_EXCEEDED. */
export function postHold(open: Hold, amount: Money, isFinal: boolean, now: Instant): HoldChange {
    const { holdId, expiresAt } = open;
    if (now >= expiresAt) refuse('HOLD_EXPIRED', { holdId, expiresAt: expiresAt.toString(), now: now.toString() });
    const rest =
        subtractMoney(open.remaining, amount) ??
        refuse('HOLD_EXCEEDED', { holdId, remaining: open.remaining.toString(), amount: amount.toString() });
    const posted = addMoney(open.posted, amount);
    if (isFinal || rest === zeroMoney) {
        return { hold: { ...open, posted, remaining: zeroMoney, state: 'posted' }, paid: amount, returned: rest };
    }
    return { hold: { ...open, posted, remaining: rest }, paid: amount, returned: zeroMoney };
}

/** Gives the payer back what is left of an open hold. */
export function voidHold(open: Hold, reason: string): HoldChange {
    return ended({ ...open, state: 'voided', reason });
}

/** The same after its time, for whoever asks. Throws HOLD_NOT_FOUND, HOLD_ENDED or HOLD_NOT_EXPIRED. */
export function expireHold({ wallet, holdId, existing }: NamedHold, now: Instant): HoldChange {
    const open = checkOpen(existing ?? refuse('HOLD_NOT_FOUND', { walletId: wallet, holdId }));
    if (now < open.expiresAt) {
        refuse('HOLD_NOT_EXPIRED', { holdId, expiresAt: open.expiresAt.toString(), now: now.toString() });
    }
    return ended({ ...open, state: 'expired' });
}

function checkOpen(found: Hold): Hold {
    if (found.state !== 'open') refuse('HOLD_ENDED', { holdId: found.holdId, state: found.state });
    return found;
}

function ended(found: Hold): HoldChange {
    return { hold: { ...found, remaining: zeroMoney }, paid: zeroMoney, returned: found.remaining };
}
