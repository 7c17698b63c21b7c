// SPDX-License-Identifier: Apache-2.0
import {
    type RedemptionDay,
    type DomainEvent,
    existingRedemption,
    holderOf,
    powerCredit,
    type Redemption,
    type RedemptionId,
    type Voucher,
    type VoucherId,
    type WalletId,
} from '@power-currency/domain';
import { creditWallet } from './crediting.js';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { refTo, type StateRef } from './stateTable.js';
import { redeem } from './supplies.js';
import { supplyRef, tables } from './tables.js';
import { timeKey } from './timeKey.js';

const asset = powerCredit;

export const redemptionRef = (redemptionId: RedemptionId): StateRef<Redemption> =>
    refTo(tables.redemption, asset, redemptionId);
export const voucherRef = (provider: WalletId, voucherId: VoucherId): StateRef<Voucher> =>
    refTo(tables.voucher, provider, voucherId);
/** What a holder asked for on its latest day: written by that holder's own requests alone. */
export const holderDayRef = (walletId: WalletId): StateRef<RedemptionDay> =>
    refTo(tables.redemptionDay, 'holder', holderOf(walletId));
/** What was issued on the latest day: written by every voucher, which is what makes the limit one. */
export const systemDayRef = refTo(tables.redemptionDay, 'system');
/** What {@link settle} needs loaded beside the redemption. */
export const burnRef = supplyRef(asset);

interface Ended {
    readonly result: Redemption;
    readonly events: readonly DomainEvent[];
}

/** The redemption, which must have been loaded. Throws REDEMPTION_NOT_FOUND. */
export function redemptionOf(session: LedgerSession, redemptionId: RedemptionId): Redemption {
    return existingRedemption(redemptionId, session.get(redemptionRef(redemptionId)));
}

/** A new request takes its place in the queue. */
export function enqueue({ session }: LedgerContext, redemption: Redemption): void {
    const { redemptionId, provider, amount, queuedAt } = redemption;
    session.put(redemptionRef(redemptionId), redemption);
    session.insertBlind(queueRef(redemption), { redemptionId, provider, amount, queuedAt });
}

/** What became of a redemption; one that waits no more leaves the queue. */
export function replace({ session }: LedgerContext, redemption: Redemption): void {
    const ref = redemptionRef(redemption.redemptionId);
    // Its redemption was read, so that nobody else can be removing it.
    if (session.get(ref)?.state === 'queued') session.deleteBlind(queueRef(redemption));
    session.put(ref, redemption);
}

/** Writes down that a redemption ended well, and burns its credits. */
export function settle(
    context: LedgerContext,
    redemption: Redemption,
    cause: 'accepted' | 'undisputed' | 'resolved',
): Ended {
    const { redemptionId, amount, resolution } = redemption;
    replace(context, redemption);
    const { redeemed } = redeem(context, asset, amount, { kind: 'redemption', redemptionId });
    const by = resolution?.by ?? null;
    return { result: redemption, events: [{ type: 'RedemptionSettled', redemptionId, amount, cause, by, redeemed }] };
}

/** Writes down that a redemption came to nothing, and gives the holder its credits back. */
export function giveBack(
    context: LedgerContext,
    redemption: Redemption,
    cause: 'cancelled' | 'expired' | 'resolved',
): Ended {
    const { redemptionId, wallet: walletId, amount, resolution } = redemption;
    replace(context, redemption);
    const creditId = creditWallet(context, asset, walletId, { amount, origin: 'redemption', from: walletId });
    const by = resolution?.by ?? null;
    const facts = { redemptionId, walletId, amount, cause, by, creditId };
    return { result: redemption, events: [{ type: 'RedemptionReturned', ...facts }] };
}

const queueRef = ({ queuedAt, redemptionId }: Redemption): StateRef =>
    refTo(tables.redemptionQueue, timeKey(queuedAt), redemptionId);
