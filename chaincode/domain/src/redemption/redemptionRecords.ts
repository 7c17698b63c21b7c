// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { bundleId } from '../certificate/bundleId.js';
import { deliveredBundlesMax } from '../certificate/certificateBundle.js';
import { type Decoded, freeText, list, nullable, object, oneOf } from '../encoding/codec.js';
import { participantId, redemptionId, voucherId, walletId } from '../encoding/identifier.js';
import { amount, energyWh, euro, instant, positiveAmount } from '../encoding/quantityCodec.js';
import { day } from '../time/day.js';

/** What a voucher is good for. */
export const redemptionService = oneOf(['energy', 'service']);
export type RedemptionService = Decoded<typeof redemptionService>;

/** What the credits are worth at the prices of the request; nothing later changes it. Rounded down. */
export const redemptionQuote = object({
    /** Euros for one Power Credit. */
    targetPrice: euro,
    /** Euros for one MWh. */
    energyPrice: euro,
    value: euro,
    /** Zero for a service. */
    energyWh,
});
export type RedemptionQuote = Decoded<typeof redemptionQuote>;

export const disputeReason = oneOf(['not-delivered', 'partly-delivered', 'not-as-agreed']);

/**
 * - `queued`: waits for its provider and for room under the daily limit; `issued`: the voucher can be presented.
 * - `claimed`: the provider says it has delivered; `disputed`: the holder says otherwise.
 * - `settled`: the credits are burnt. `returned`, `expired`, `cancelled`: the holder has them back.
 */
const redemptionState = oneOf([
    'queued',
    'issued',
    'claimed',
    'disputed',
    'settled',
    'returned',
    'expired',
    'cancelled',
]);
export type RedemptionState = Decoded<typeof redemptionState>;

/** One redemption, from the request to its end and ever after. It holds the credits until the end. */
export const redemption = object({
    redemptionId,
    wallet: walletId,
    provider: walletId,
    /** Who keeps the two wallets; neither decides a dispute. */
    custodians: object({ holder: participantId, provider: participantId }),
    service: redemptionService,
    amount: positiveAmount,
    quote: redemptionQuote,
    state: redemptionState,
    queuedAt: instant,
    /** The end of the quote while queued, then that of the voucher; exclusive. */
    expiresAt: instant,
    voucher: nullable(object({ voucherId, issuedAt: instant })),
    /** With the certificates of the energy: kept for this redemption, then claimed for its holder, or returned. */
    delivery: nullable(
        object({
            evidence: digest,
            certificates: list(bundleId, deliveredBundlesMax),
            claimedAt: instant,
            disputableUntil: instant,
        }),
    ),
    dispute: nullable(object({ reason: disputeReason, disputedAt: instant })),
    resolution: nullable(object({ by: participantId, note: freeText(200, 1) })),
    endedAt: nullable(instant),
});
export type Redemption = Decoded<typeof redemption>;

/** Whether the redemption still holds the credits. */
export function isRunning({ state }: Redemption): boolean {
    return state === 'queued' || state === 'issued' || state === 'claimed' || state === 'disputed';
}

/** A request that waits; the keys of these are in order of time. */
export const queueEntry = object({ redemptionId, provider: walletId, amount: positiveAmount, queuedAt: instant });

/** That a provider has used this number. */
export const voucher = object({ redemptionId });
export type Voucher = Decoded<typeof voucher>;

/** What was asked for, or issued, on one day of the ledger. */
export const redemptionDay = object({ day, total: amount });
export type RedemptionDay = Decoded<typeof redemptionDay>;
