// SPDX-License-Identifier: Apache-2.0
import { type Decoded, object } from '../encoding/codec.js';
import { amount } from '../encoding/quantityCodec.js';
import { refuse } from '../error/domainError.js';
import type { Parameters } from '../governance/parameters.js';
import type { Asset } from '../money/asset.js';
import { addMoney, type Money, zeroMoney } from '../money/money.js';
import { day, dayOf } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import type { WalletPolicies } from '../wallet/walletPolicy.js';
import type { Wallet } from '../wallet/walletRecords.js';
import { type Holder, tierOf } from './holder.js';

/** What a holder paid of one asset on the last day it paid, from all its wallets. */
export const dailySpending = object({ day, amount });
export type DailySpending = Decoded<typeof dailySpending>;

/** Money about to leave a wallet, with what bears on how much that may be. */
export interface LimitedSpending {
    readonly wallet: Wallet;
    readonly holder: Holder;
    readonly asset: Asset;
    readonly amount: Money;
    readonly spent: DailySpending | undefined;
    readonly parameters: Parameters;
    readonly walletPolicies: WalletPolicies;
    readonly now: Instant;
}

interface Limits {
    readonly transactionMax: Money;
    readonly dailyMax: Money;
}

/**
 * Holds a spending against the limits of the wallet's type and of the holder's tier (PC-15). Returns the day's sum where
 * the tier has a daily limit: only then is there a counter to write, so that unlimited holders pay in parallel. Throws
 * TRANSACTION_LIMIT_EXCEEDED or DAILY_LIMIT_EXCEEDED.
 */
export function checkLimits(spending: LimitedSpending): DailySpending | undefined {
    const { wallet, holder, asset, amount: paid, parameters, walletPolicies, now } = spending;
    // A private asset has a scale and a price of its own: its issuer's rules say who may have it, and how much there is.
    if (asset.class === 'private') return undefined;
    const tier = tierOf(holder, now);
    const { transactionMax, dailyMax } = limitsOf(parameters, tier);
    const facts = { walletId: wallet.walletId, asset: asset.code, tier, amount: paid.toString() };
    for (const limit of [walletPolicies[wallet.type].transactionMax, transactionMax]) {
        if (limit > 0n && paid > limit) refuse('TRANSACTION_LIMIT_EXCEEDED', { ...facts, limit: limit.toString() });
    }
    if (dailyMax === 0n) return undefined;
    const before = spentToday(spending);
    if (before.amount + paid > dailyMax) {
        const limits = { limit: dailyMax.toString(), spent: before.amount.toString() };
        refuse('DAILY_LIMIT_EXCEEDED', { ...facts, ...limits, day: before.day });
    }
    return { day: before.day, amount: addMoney(before.amount, paid) };
}

/** The counter's day never goes back: around midnight, the time of a transaction is the client's claim. */
function spentToday({ spent, now }: LimitedSpending): DailySpending {
    const today = dayOf(now);
    return spent !== undefined && spent.day >= today ? spent : { day: today, amount: zeroMoney };
}

function limitsOf(p: Parameters, tier: number): Limits {
    const byTier: readonly Limits[] = [
        { transactionMax: p.tier0TransactionMax, dailyMax: p.tier0DailyMax },
        { transactionMax: p.tier1TransactionMax, dailyMax: p.tier1DailyMax },
        { transactionMax: p.tier2TransactionMax, dailyMax: p.tier2DailyMax },
    ];
    return byTier[tier] ?? { transactionMax: zeroMoney, dailyMax: zeroMoney };
}
