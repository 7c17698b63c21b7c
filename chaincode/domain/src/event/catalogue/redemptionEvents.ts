// SPDX-License-Identifier: Apache-2.0
import { bundleId } from '../../certificate/bundleId.js';
import { deliveredBundlesMax } from '../../certificate/certificateBundle.js';
import { digest } from '../../encoding/byteCodec.js';
import { list, nullable, object, oneOf } from '../../encoding/codec.js';
import { creditId, participantId, redemptionId, voucherId, walletId } from '../../encoding/identifier.js';
import { amount, count, instant, positiveAmount } from '../../encoding/quantityCodec.js';
import { disputeReason, redemptionQuote, redemptionService } from '../../redemption/redemptionRecords.js';

export const redemptionEvents = {
    RedemptionQueued: object({
        redemptionId,
        walletId,
        provider: walletId,
        service: redemptionService,
        amount: positiveAmount,
        quote: redemptionQuote,
        nonce: count,
        expiresAt: instant,
    }),
    VoucherIssued: object({
        redemptionId,
        provider: walletId,
        voucherId,
        amount: positiveAmount,
        queuedAt: instant,
        expiresAt: instant,
    }),
    DeliveryClaimed: object({
        redemptionId,
        provider: walletId,
        evidence: digest,
        certificates: list(bundleId, deliveredBundlesMax),
        disputableUntil: instant,
    }),
    DeliveryDisputed: object({ redemptionId, walletId, reason: disputeReason }),
    RedemptionSettled: object({
        redemptionId,
        amount: positiveAmount,
        cause: oneOf(['accepted', 'undisputed', 'resolved']),
        /** Who decided the dispute. */
        by: nullable(participantId),
        redeemed: amount,
    }),
    RedemptionReturned: object({
        redemptionId,
        walletId,
        amount: positiveAmount,
        cause: oneOf(['cancelled', 'expired', 'resolved']),
        by: nullable(participantId),
        creditId,
    }),
} as const;
