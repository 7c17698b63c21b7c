// SPDX-License-Identifier: Apache-2.0
import type { Money } from '../money/money.js';
import type { Day } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import { useDailyLimit } from './dailyLimit.js';

const [yesterday, today] = ['2027-01-14', '2027-01-15'] as Day[] as [Day, Day];
const morning = 1_800_000_000n as Instant;
const use = (day: Day, total: bigint, amount: bigint, now = morning) =>
    useDailyLimit({
        ...{ earlier: { day, total: total as Money }, now },
        amount: amount as Money,
        limit: 10n as Money,
    });

it.each<[string, ReturnType<typeof use>, bigint | undefined, bigint]>([
    ['all of it', use(today, 0n, 10n), 10n, 10n],
    ['what is left of it', use(today, 4n, 6n), 10n, 6n],
    ['more than is left of it', use(today, 4n, 7n), undefined, 6n],
    ['anything when a lower limit is in force by now', use(today, 11n, 1n), undefined, 0n],
    ['all of it again on the next day', use(yesterday, 10n, 10n), 10n, 10n],
])('a day’s limit: %s', (_name, { used, available }, total, left) => {
    expect([used?.total, available]).toEqual([total, left]);
});

it('the day never goes back: who is late by the clock has the later day’s limit', () => {
    const eve = (morning - 86_400n) as Instant;
    expect(use(today, 4n, 6n, eve).used).toEqual({ day: today, total: 10n });
    expect(use(today, 4n, 7n, eve).used).toBeUndefined();
});
