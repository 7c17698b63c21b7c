// SPDX-License-Identifier: Apache-2.0
import { addMoney, type Money, subtractMoney, zeroMoney } from '../money/money.js';
import { dayOf } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import type { RedemptionDay } from './redemptionRecords.js';

interface DailyUse {
    readonly earlier: RedemptionDay | undefined;
    readonly amount: Money;
    readonly limit: Money;
    readonly now: Instant;
}

/**
 * The day's total with the amount, or how much of the limit is left if that is less. The day never goes back: a
 * transaction whose time is a little behind counts on the later day.
 */
export function useDailyLimit({ earlier, amount, limit, now }: DailyUse): {
    readonly used: RedemptionDay | undefined;
    readonly available: Money;
} {
    const today = dayOf(now);
    const current = earlier !== undefined && earlier.day >= today ? earlier : { day: today, total: zeroMoney };
    const available = subtractMoney(limit, current.total) ?? zeroMoney;
    const used = amount > available ? undefined : { ...current, total: addMoney(current.total, amount) };
    return { used, available };
}
