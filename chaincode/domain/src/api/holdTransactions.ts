// SPDX-License-Identifier: Apache-2.0
import { nullable, object, oneOf } from '../encoding/codec.js';
import { creditId, holdId, requestId, walletId } from '../encoding/identifier.js';
import { amount, count } from '../encoding/quantityCodec.js';
import type { ErrorCode } from '../error/errorDetails.js';
import { postHoldIntent, reserveHoldIntent, voidHoldIntent } from '../hold/holdIntents.js';
import { holdView } from '../hold/holdRecord.js';
import { assetCode } from '../money/asset.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { intentErrors, payeeErrors, signedIntent, signedSpending, spendErrors } from './signedIntent.js';

/** A new hold, the payer's nonce it used, and what the payer can spend afterwards. */
export const reservation = object({ hold: holdView, nonce: count, available: amount });

/** A hold after a change, and under which credits the money that left it waits. */
export const holdReceipt = object({
    hold: holdView,
    paidCreditId: nullable(creditId),
    returnedCreditId: nullable(creditId),
});

/** Guards of setting money aside, in order. */
export const reserveErrors: readonly ErrorCode[] = [
    'TRANSFER_TO_SELF',
    ...payeeErrors,
    'HOLD_EXISTS',
    'HOLD_EXPIRY_INVALID',
    ...spendErrors,
];

/** Guards of whoever settles a hold, in order. */
export const claimErrors: readonly ErrorCode[] = [
    'HOLD_NOT_FOUND',
    'HOLD_KIND_MISMATCH',
    'HOLD_NOT_COUNTERPARTY',
    'HOLD_ENDED',
];

export const holdTransactions = {
    'Hold:Reserve': submit({
        summary: 'Sets money of a wallet aside for a counterparty, who takes it in parts or gives it up.',
        arguments: signedSpending(reserveHoldIntent),
        result: reservation,
        roles: ['member'],
        errors: [...intentErrors, ...reserveErrors],
        events: ['CreditsFolded', 'HoldReserved'],
    }),
    'Hold:Post': submit({
        summary: 'Pays the counterparty from a hold, on its signature, until the hold expires.',
        arguments: signedIntent(postHoldIntent),
        result: holdReceipt,
        roles: ['member'],
        errors: [...intentErrors, 'NONCE_MISMATCH', ...claimErrors, 'HOLD_EXPIRED', 'HOLD_EXCEEDED', ...payeeErrors],
        events: ['HoldPosted', 'HoldReturned', 'HoldEnded'],
    }),
    'Hold:Void': submit({
        summary: 'Gives the payer back what is left of a hold, on the signature of the counterparty.',
        arguments: signedIntent(voidHoldIntent),
        result: holdReceipt,
        roles: ['member'],
        errors: [...intentErrors, 'NONCE_MISMATCH', ...claimErrors],
        events: ['HoldReturned', 'HoldEnded'],
    }),
    'Hold:Expire': submit({
        summary: 'Gives the payer back what is left of a hold of any kind after its time; any member does this.',
        arguments: object({ requestId, walletId, asset: assetCode, holdId }),
        result: holdReceipt,
        roles: ['member'],
        errors: ['HOLD_NOT_FOUND', 'HOLD_ENDED', 'HOLD_NOT_EXPIRED'],
        events: ['HoldReturned', 'HoldEnded'],
    }),
    'Hold:Describe': evaluate({
        summary: 'One hold with its phase and its ISO 20022 status, ended ones as well.',
        arguments: object({ walletId, asset: assetCode, holdId }),
        result: holdView,
        errors: ['HOLD_NOT_FOUND'],
    }),
    'Hold:List': evaluate({
        summary: "A page of a wallet's holds in an asset, open or ended, in order of their ids.",
        arguments: object({ walletId, asset: assetCode, show: oneOf(['open', 'ended']), ...pageRequest }),
        result: pageOf(holdView),
        errors: [],
    }),
} as const;
