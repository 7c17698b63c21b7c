// SPDX-License-Identifier: Apache-2.0
import { holderOf } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Parameters } from '../governance/parameters.js';
import { dayOf } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import type { Wallet } from '../wallet/walletRecords.js';
import { useDailyLimit } from './dailyLimit.js';
import { quoteRedemption } from './quoteRedemption.js';
import type { RequestRedemptionIntent } from './redemptionIntents.js';
import type { RedemptionDay, Redemption } from './redemptionRecords.js';

/** A holder's authorised intent to redeem, with what the ledger holds that bears on it. */
export interface RedemptionCase {
    readonly intent: RequestRedemptionIntent;
    readonly wallet: Wallet;
    readonly provider: Wallet;
    /** What the holder asked for on its latest day, with whichever of its wallets. */
    readonly earlier: RedemptionDay | undefined;
    readonly parameters: Parameters;
    readonly now: Instant;
}

export interface RedemptionRequest {
    readonly redemption: Redemption;
    readonly redemptionDay: RedemptionDay;
}

/** Queues a request at today's prices; guards in the documented order. */
export function requestRedemption({ intent, wallet, provider, ...facts }: RedemptionCase): RedemptionRequest {
    const { earlier, parameters, now } = facts;
    const { redemptionId, amount, service, valueMin, energyWhMin } = intent;
    const quote = quoteRedemption(amount, service, parameters);
    if (quote.value < valueMin || quote.energyWh < energyWhMin) {
        const [value, energyWh] = [quote.value.toString(), quote.energyWh.toString()];
        refuse('REDEMPTION_QUOTE_TOO_LOW', { redemptionId, value, energyWh });
    }
    const { used, available } = useDailyLimit({ earlier, amount, limit: parameters.redemptionHolderDailyMax, now });
    if (used === undefined) {
        const limit = { holderId: holderOf(wallet.walletId), day: dayOf(now), available: available.toString() };
        refuse('REDEMPTION_HOLDER_LIMIT', { ...limit, amount: amount.toString() });
    }
    const redemption: Redemption = {
        ...{ redemptionId, wallet: wallet.walletId, provider: provider.walletId },
        custodians: { holder: wallet.custodian, provider: provider.custodian },
        ...{ service, amount, quote, state: 'queued', queuedAt: now },
        expiresAt: (now + parameters.redemptionVoucherSeconds) as Instant,
        ...{ voucher: null, delivery: null, dispute: null, resolution: null, endedAt: null },
    };
    return { redemption, redemptionDay: used };
}
