// SPDX-License-Identifier: Apache-2.0
import type { HolderId, ParticipantId, WalletId } from '../encoding/identifier.js';
import { isDomainError } from '../error/domainError.js';
import { initialParameters } from '../governance/parameters.js';
import { type Asset, assetOf, powerCredit } from '../money/asset.js';
import { money } from '../money/money.js';
import type { Day } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import { initialWalletPolicies, type WalletType } from '../wallet/walletPolicy.js';
import type { Wallet } from '../wallet/walletRecords.js';
import type { Holder } from './holder.js';
import { checkLimits, type DailySpending, type LimitedSpending } from './spendingLimits.js';

const now = 1_800_000_000n as Instant;
const [today, tomorrow] = ['2027-01-15', '2027-01-16'] as [Day, Day];
const parameters = {
    ...initialParameters,
    ...{ tier0TransactionMax: money(10n), tier0DailyMax: money(25n) },
    ...{ tier1TransactionMax: money(20n), tier1DailyMax: money(50n) },
    ...{ tier2TransactionMax: money(40n), tier2DailyMax: money(0n) },
};
const holderOfTier = (tier: number, expiresAt = now + 1n): Holder => ({
    ...{ holderId: 'anna' as HolderId, custodian: 'cooperative' as ParticipantId },
    verification: {
        ...{ tier, digest: new Uint8Array(32), verifier: 'verifier' as HolderId, verifiedAt: now },
        expiresAt: expiresAt as Instant,
    },
});
const walletOf = (type: WalletType): Wallet =>
    ({ walletId: 'anna.savings' as WalletId, type }) as Partial<Wallet> as Wallet;
const spendingOf = (amount: bigint, change: Partial<LimitedSpending> = {}): LimitedSpending => ({
    ...{ wallet: walletOf('personal'), holder: holderOfTier(0), asset: assetOf(powerCredit, undefined) },
    ...{ amount: money(amount), spent: undefined, parameters, walletPolicies: initialWalletPolicies, now, ...change },
});
const spentOn = (day: Day, amount: bigint): DailySpending => ({ day, amount: money(amount) });

function outcome(spending: LimitedSpending): DailySpending | string | undefined {
    try {
        return checkLimits(spending);
    } catch (thrown) {
        return isDomainError(thrown) ? thrown.code : String(thrown);
    }
}

describe('a tier', () => {
    it.each([
        [0, 10n],
        [1, 20n],
        [2, 40n],
    ])('%i pays up to its limit at once, and not one unit more', (tier, limit) => {
        const holder = holderOfTier(tier);
        expect(outcome(spendingOf(limit + 1n, { holder }))).toBe('TRANSACTION_LIMIT_EXCEEDED');
        expect(outcome(spendingOf(limit, { holder }))).not.toBe('TRANSACTION_LIMIT_EXCEEDED');
    });

    it('3 pays without limit, and nothing is counted', () => {
        expect(outcome(spendingOf(10n ** 18n, { holder: holderOfTier(3) }))).toBeUndefined();
    });

    it('counts as 0 from the moment its verification expires', () => {
        expect(outcome(spendingOf(11n, { holder: holderOfTier(3, now + 1n) }))).toBeUndefined();
        expect(outcome(spendingOf(11n, { holder: holderOfTier(3, now) }))).toBe('TRANSACTION_LIMIT_EXCEEDED');
        expect(outcome(spendingOf(11n, { holder: { ...holderOfTier(3), verification: null } }))).toBe(
            'TRANSACTION_LIMIT_EXCEEDED',
        );
    });

    it('without a daily limit has no counter to write', () => {
        expect(outcome(spendingOf(40n, { holder: holderOfTier(2), spent: spentOn(today, 10n ** 9n) }))).toBeUndefined();
    });
});

describe('the day', () => {
    it('adds up, to its limit and not one unit more', () => {
        expect(outcome(spendingOf(10n))).toEqual(spentOn(today, 10n));
        expect(outcome(spendingOf(10n, { spent: spentOn(today, 15n) }))).toEqual(spentOn(today, 25n));
        expect(outcome(spendingOf(10n, { spent: spentOn(today, 16n) }))).toBe('DAILY_LIMIT_EXCEEDED');
    });

    it('begins again at midnight UTC', () => {
        const spent = spentOn(today, 25n);
        const midnight = 1_800_057_600n;
        expect(outcome(spendingOf(1n, { spent, now: (midnight - 1n) as Instant }))).toBe('DAILY_LIMIT_EXCEEDED');
        expect(outcome(spendingOf(1n, { spent, now: midnight as Instant }))).toEqual(spentOn(tomorrow, 1n));
    });

    it('never goes back, whatever time a client claims [V80]', () => {
        expect(outcome(spendingOf(1n, { spent: spentOn(tomorrow, 25n) }))).toBe('DAILY_LIMIT_EXCEEDED');
        expect(outcome(spendingOf(1n, { spent: spentOn(tomorrow, 24n) }))).toEqual(spentOn(tomorrow, 25n));
    });

    it('is not overrun by a sum too large to count [V20]', () => {
        const most = { ...parameters, tier0TransactionMax: money(0n), tier0DailyMax: money(2n ** 63n - 1n) };
        const spent = spentOn(today, 2n ** 63n - 1n);
        expect(outcome(spendingOf(1n, { parameters: most, spent }))).toBe('DAILY_LIMIT_EXCEEDED');
    });
});

it("a type of wallet has a limit of its own, whatever the holder's tier", () => {
    const { commercial } = initialWalletPolicies;
    const walletPolicies = { ...initialWalletPolicies, commercial: { ...commercial, transactionMax: money(7n) } };
    const spending = { holder: holderOfTier(3), wallet: walletOf('commercial'), walletPolicies };
    expect(outcome(spendingOf(7n, spending))).toBeUndefined();
    expect(outcome(spendingOf(8n, spending))).toBe('TRANSACTION_LIMIT_EXCEEDED');
});

it('a private asset has no limits but those of its issuer', () => {
    const asset: Asset = { ...assetOf(powerCredit, undefined), class: 'private' };
    expect(outcome(spendingOf(10n ** 18n, { asset }))).toBeUndefined();
});
