// SPDX-License-Identifier: Apache-2.0
import { freeText, object } from '../encoding/codec.js';
import { redemptionId, requestId } from '../encoding/identifier.js';
import { positiveAmount } from '../encoding/quantityCodec.js';
import type { ErrorCode } from '../error/errorDetails.js';
import { disputeOutcome } from '../redemption/endRedemption.js';
import {
    acceptDeliveryIntent,
    cancelRedemptionIntent,
    claimDeliveryIntent,
    disputeDeliveryIntent,
    issueVoucherIntent,
    requestRedemptionIntent,
} from '../redemption/redemptionIntents.js';
import { queueEntry, redemption, redemptionQuote, redemptionService } from '../redemption/redemptionRecords.js';
import { bundleErrors } from './certificateTransactions.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import {
    builtInPayeeErrors,
    credentialErrors,
    intentErrors,
    payerErrors,
    signedIntent,
    signedSpending,
    spendErrors,
} from './signedIntent.js';

const quoteErrors: readonly ErrorCode[] = ['REDEMPTION_TOO_SMALL', 'AMOUNT_OVERFLOW'];
const signedErrors: readonly ErrorCode[] = [...intentErrors, 'NONCE_MISMATCH', 'REDEMPTION_NOT_FOUND'];
const partyErrors: readonly ErrorCode[] = ['REDEMPTION_NOT_YOURS', 'REDEMPTION_STATE_MISMATCH'];

export const redemptionTransactions = {
    'Redemption:Request': submit({
        summary: 'Asks a provider for energy or a service in return for Power Credits, at the target price of now.',
        arguments: signedSpending(requestRedemptionIntent),
        result: redemption,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'REDEMPTION_EXISTS',
            'TRANSFER_TO_SELF',
            ...builtInPayeeErrors,
            ...credentialErrors,
            ...quoteErrors,
            'REDEMPTION_QUOTE_TOO_LOW',
            'REDEMPTION_HOLDER_LIMIT',
            ...spendErrors,
        ],
        events: ['CreditsFolded', 'RedemptionQueued'],
    }),
    'Redemption:IssueVoucher': submit({
        summary: 'The provider takes a queued request on, within the daily limit of all.',
        arguments: signedIntent(issueVoucherIntent),
        result: redemption,
        roles: ['member'],
        errors: [
            ...signedErrors,
            ...credentialErrors,
            ...partyErrors,
            'REDEMPTION_EXPIRED',
            'VOUCHER_EXISTS',
            'REDEMPTION_SYSTEM_LIMIT',
        ],
        events: ['VoucherIssued'],
    }),
    'Redemption:Deliver': submit({
        summary: 'The provider says it has delivered what the voucher is good for, energy with its certificates.',
        arguments: signedIntent(claimDeliveryIntent),
        result: redemption,
        roles: ['member'],
        errors: [
            ...signedErrors,
            ...credentialErrors,
            ...partyErrors,
            'REDEMPTION_EXPIRED',
            ...payerErrors,
            ...bundleErrors,
            'CERTIFICATE_EXPIRED',
            'DELIVERY_ENERGY_MISMATCH',
        ],
        events: ['DeliveryClaimed'],
    }),
    'Redemption:Accept': submit({
        summary: 'The holder accepts a delivery, disputed or not, and the credits are burnt.',
        arguments: signedIntent(acceptDeliveryIntent),
        result: redemption,
        roles: ['member'],
        errors: [...signedErrors, ...partyErrors, 'AMOUNT_OVERFLOW'],
        events: ['RedemptionSettled', 'CertificatesClaimed'],
    }),
    'Redemption:Dispute': submit({
        summary: 'The holder disputes a delivery in time; a member that keeps neither wallet decides.',
        arguments: signedIntent(disputeDeliveryIntent),
        result: redemption,
        roles: ['member'],
        errors: [...signedErrors, ...partyErrors, 'DISPUTE_TOO_LATE'],
        events: ['DeliveryDisputed'],
    }),
    'Redemption:Settle': submit({
        summary: 'Burns the credits of a delivery that was not disputed in time.',
        arguments: object({ requestId, redemptionId }),
        result: redemption,
        roles: ['member'],
        errors: ['REDEMPTION_NOT_FOUND', 'REDEMPTION_STATE_MISMATCH', 'DISPUTE_STILL_OPEN', 'AMOUNT_OVERFLOW'],
        events: ['RedemptionSettled', 'CertificatesClaimed'],
    }),
    'Redemption:Resolve': submit({
        summary: 'Decides a dispute: the credits go back to the holder, or are burnt for the provider.',
        arguments: object({ requestId, redemptionId, outcome: disputeOutcome, note: freeText(200, 1) }),
        result: redemption,
        roles: ['delegate'],
        errors: ['REDEMPTION_NOT_FOUND', 'REDEMPTION_STATE_MISMATCH', 'DISPUTE_NOT_NEUTRAL', 'AMOUNT_OVERFLOW'],
        events: ['RedemptionSettled', 'RedemptionReturned', 'CertificatesClaimed', 'CertificatesReturned'],
    }),
    'Redemption:Cancel': submit({
        summary: 'The holder withdraws a request that has no voucher yet and has the credits back.',
        arguments: signedIntent(cancelRedemptionIntent),
        result: redemption,
        roles: ['member'],
        errors: [...signedErrors, ...partyErrors],
        events: ['RedemptionReturned'],
    }),
    'Redemption:Expire': submit({
        summary: 'Returns the credits of a quote or voucher that has expired without a delivery.',
        arguments: object({ requestId, redemptionId }),
        result: redemption,
        roles: ['member'],
        errors: ['REDEMPTION_NOT_FOUND', 'REDEMPTION_STATE_MISMATCH', 'REDEMPTION_NOT_EXPIRED'],
        events: ['RedemptionReturned'],
    }),
    'Redemption:Quote': evaluate({
        summary: 'What an amount of Power Credits would be good for if it were asked for now.',
        arguments: object({ amount: positiveAmount, service: redemptionService }),
        result: redemptionQuote,
        errors: quoteErrors,
    }),
    'Redemption:Describe': evaluate({
        summary: 'One redemption, whatever became of it.',
        arguments: object({ redemptionId }),
        result: redemption,
        errors: ['REDEMPTION_NOT_FOUND'],
    }),
    'Redemption:List': evaluate({
        summary: 'A page of the redemptions there ever were, in order of their ids.',
        arguments: object(pageRequest),
        result: pageOf(redemption),
        errors: [],
    }),
    'Redemption:ListQueue': evaluate({
        summary: 'A page of the requests that wait for a voucher, the oldest first.',
        arguments: object(pageRequest),
        result: pageOf(queueEntry),
        errors: [],
    }),
} as const;
