// SPDX-License-Identifier: Apache-2.0
import {
    cancelDepositIntent,
    confirmDepositIntent,
    confirmWithdrawalIntent,
    depositIntent,
    rejectWithdrawalIntent,
    withdrawIntent,
} from '../dealing/dealingIntents.js';
import { referenceUse } from '../dealing/externalReference.js';
import { object } from '../encoding/codec.js';
import { externalReference, holderId } from '../encoding/identifier.js';
import { evaluate, submit } from './definition.js';
import { claimErrors, holdReceipt, reservation, reserveErrors } from './holdTransactions.js';
import { credentialErrors, intentErrors, payeeErrors, signedIntent, signedSpending } from './signedIntent.js';

export const dealingTransactions = {
    'Dealing:Deposit': submit({
        summary: "Sets a dealer's money aside for a customer who pays it outside, under a reference used once.",
        arguments: signedSpending(depositIntent),
        result: reservation,
        roles: ['member'],
        errors: [...intentErrors, ...credentialErrors, 'EXTERNAL_REFERENCE_USED', ...reserveErrors],
        events: ['CreditsFolded', 'HoldReserved'],
    }),
    'Dealing:ConfirmDeposit': submit({
        summary: 'Pays the customer: the dealer has been paid outside.',
        arguments: signedIntent(confirmDepositIntent),
        result: holdReceipt,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'NONCE_MISMATCH',
            ...credentialErrors,
            ...claimErrors,
            'HOLD_EXPIRED',
            ...payeeErrors,
        ],
        events: ['HoldPosted', 'HoldEnded'],
    }),
    'Dealing:CancelDeposit': submit({
        summary: 'Gives the dealer its money back: it was not paid outside.',
        arguments: signedIntent(cancelDepositIntent),
        result: holdReceipt,
        roles: ['member'],
        errors: [...intentErrors, 'NONCE_MISMATCH', ...claimErrors],
        events: ['HoldReturned', 'HoldEnded'],
    }),
    'Dealing:Withdraw': submit({
        summary: "Sets a customer's money aside for a dealer who is to pay an account outside.",
        arguments: signedSpending(withdrawIntent),
        result: reservation,
        roles: ['member'],
        errors: [...intentErrors, ...credentialErrors, ...reserveErrors],
        events: ['CreditsFolded', 'HoldReserved'],
    }),
    'Dealing:ConfirmWithdrawal': submit({
        summary: 'Pays the dealer: it has paid outside, under a reference used once.',
        arguments: signedIntent(confirmWithdrawalIntent),
        result: holdReceipt,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'NONCE_MISMATCH',
            ...credentialErrors,
            ...claimErrors,
            'EXTERNAL_REFERENCE_USED',
            'HOLD_EXPIRED',
            ...payeeErrors,
        ],
        events: ['HoldPosted', 'HoldEnded'],
    }),
    'Dealing:RejectWithdrawal': submit({
        summary: 'Gives the customer the money back: the dealer cannot pay outside.',
        arguments: signedIntent(rejectWithdrawalIntent),
        result: holdReceipt,
        roles: ['member'],
        errors: [...intentErrors, 'NONCE_MISMATCH', ...claimErrors],
        events: ['HoldReturned', 'HoldEnded'],
    }),
    'Dealing:DescribeReference': evaluate({
        summary: 'Which hold a dealer used an external reference for.',
        arguments: object({ dealer: holderId, reference: externalReference }),
        result: referenceUse,
        errors: ['EXTERNAL_REFERENCE_NOT_FOUND'],
    }),
} as const;
