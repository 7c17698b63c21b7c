// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { bundleId } from '../certificate/bundleId.js';
import { deliveredBundlesMax } from '../certificate/certificateBundle.js';
import { type Decoded, list } from '../encoding/codec.js';
import { redemptionId, voucherId, walletId } from '../encoding/identifier.js';
import { energyWh, euro, positiveAmount } from '../encoding/quantityCodec.js';
import { intentOf } from '../wallet/intent.js';
import { disputeReason, redemptionService } from './redemptionRecords.js';

/**
 * What a holder signs to redeem credits with a provider. Prices may change before it is executed: below `valueMin`
 * euros or `energyWhMin` it is refused.
 */
export const requestRedemptionIntent = intentOf('request-redemption', {
    redemptionId,
    amount: positiveAmount,
    provider: walletId,
    service: redemptionService,
    valueMin: euro,
    energyWhMin: energyWh,
});
export type RequestRedemptionIntent = Decoded<typeof requestRedemptionIntent>;

/** What a provider signs to take a request on. */
export const issueVoucherIntent = intentOf('issue-voucher', { redemptionId, voucherId });
/**
 * What a provider signs when it has delivered; `evidence` is the SHA-256 of its proof of delivery. Energy comes with
 * certificates of exactly the Wh that were promised, a service with none.
 */
export const claimDeliveryIntent = intentOf('claim-delivery', {
    redemptionId,
    evidence: digest,
    certificates: list(bundleId, deliveredBundlesMax),
});
/** What a holder signs who has got what was agreed. */
export const acceptDeliveryIntent = intentOf('accept-delivery', { redemptionId });
/** What a holder signs who has not. */
export const disputeDeliveryIntent = intentOf('dispute-delivery', { redemptionId, reason: disputeReason });
/** What a holder signs who no longer wants to wait. */
export const cancelRedemptionIntent = intentOf('cancel-redemption', { redemptionId });
