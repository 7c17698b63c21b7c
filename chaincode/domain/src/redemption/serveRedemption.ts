// SPDX-License-Identifier: Apache-2.0
import type { BundleId } from '../certificate/bundleId.js';
import type { VoucherId, WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Parameters } from '../governance/parameters.js';
import { dayOf } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import { useDailyLimit } from './dailyLimit.js';
import { checkParty, checkState, checkUnexpired } from './redemptionGuards.js';
import type { RedemptionDay, Redemption } from './redemptionRecords.js';

export interface VoucherCase {
    readonly redemption: Redemption;
    readonly by: WalletId;
    readonly voucherId: VoucherId;
    /** Whether the provider has used the voucher's number before. */
    readonly isUsed: boolean;
    /** What was issued by all on the latest day. */
    readonly earlier: RedemptionDay | undefined;
    readonly parameters: Parameters;
    readonly now: Instant;
}

/** The provider takes a request on, if the day's limit leaves room; guards in the documented order. */
export function issueVoucher({ redemption, by, voucherId, isUsed, earlier, parameters, now }: VoucherCase): {
    readonly redemption: Redemption;
    readonly redemptionDay: RedemptionDay;
} {
    const { amount } = redemption;
    checkParty(redemption, 'provider', by);
    checkState(redemption, 'queued');
    checkUnexpired(redemption, now);
    if (isUsed) refuse('VOUCHER_EXISTS', { provider: by, voucherId });
    const { used, available } = useDailyLimit({ earlier, amount, limit: parameters.redemptionSystemDailyMax, now });
    if (used === undefined) {
        const limit = { day: dayOf(now), available: available.toString() };
        refuse('REDEMPTION_SYSTEM_LIMIT', { ...limit, amount: amount.toString() });
    }
    const expiresAt = (now + parameters.redemptionVoucherSeconds) as Instant;
    const issued: Redemption = { ...redemption, state: 'issued', expiresAt, voucher: { voucherId, issuedAt: now } };
    return { redemption: issued, redemptionDay: used };
}

export interface DeliveryClaim {
    readonly redemption: Redemption;
    readonly by: WalletId;
    /** SHA-256 of the proof of delivery. */
    readonly evidence: Uint8Array;
    readonly certificates: readonly BundleId[];
    readonly parameters: Parameters;
    readonly now: Instant;
}

/** The provider says it has delivered, which begins the time in which the holder can dispute it. */
export function claimDelivery({ redemption, by, parameters, now, ...proof }: DeliveryClaim): {
    readonly redemption: Redemption;
    readonly disputableUntil: Instant;
} {
    checkParty(redemption, 'provider', by);
    checkState(redemption, 'issued');
    checkUnexpired(redemption, now);
    const disputableUntil = (now + parameters.redemptionDisputeSeconds) as Instant;
    const delivery = { ...proof, claimedAt: now, disputableUntil };
    return { redemption: { ...redemption, state: 'claimed', delivery }, disputableUntil };
}
