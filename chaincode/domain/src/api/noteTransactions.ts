// SPDX-License-Identifier: Apache-2.0
import { object } from '../encoding/codec.js';
import { walletId } from '../encoding/identifier.js';
import { assetCode } from '../money/asset.js';
import { drawNotesIntent, returnNotesIntent, spendNotesIntent } from '../note/noteIntents.js';
import { drawnReceipt, note, noteId, returnedReceipt, spentReceipt } from '../note/noteRecords.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { intentErrors, payeeErrors, signedIntent, signedSpending, spendErrors } from './signedIntent.js';

export const noteTransactions = {
    'Note:FromBalance': submit({
        summary: 'Turns part of a balance into notes, which can then be spent side by side.',
        arguments: signedSpending(drawNotesIntent),
        result: drawnReceipt,
        roles: ['member'],
        errors: [...intentErrors, 'AMOUNT_OVERFLOW', ...spendErrors],
        events: ['CreditsFolded', 'NotesDrawn'],
    }),
    'Note:Spend': submit({
        summary:
            'Pays with notes of a wallet: new notes of the payees, and of the payer for the change. Touches no pocket.',
        arguments: signedIntent(spendNotesIntent),
        result: spentReceipt,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'NONCE_MISMATCH',
            'ASSET_NOT_FOUND',
            'ASSET_NOT_ACTIVE',
            ...payeeErrors,
            'NOTE_REPEATED',
            'NOTE_NOT_FOUND',
            'AMOUNT_OVERFLOW',
            'NOTES_UNBALANCED',
            'TRAVEL_RULE_REFERENCE_MISSING',
        ],
        events: ['NotesSpent'],
    }),
    'Note:ToBalance': submit({
        summary: "Turns notes into a pending credit of their owner's wallet.",
        arguments: signedIntent(returnNotesIntent),
        result: returnedReceipt,
        roles: ['member'],
        errors: [...intentErrors, 'NONCE_MISMATCH', 'NOTE_REPEATED', 'NOTE_NOT_FOUND', 'AMOUNT_OVERFLOW'],
        events: ['NotesReturned'],
    }),
    'Note:List': evaluate({
        summary: "A page of a wallet's notes in an asset, in order of their ids.",
        arguments: object({ walletId, asset: assetCode, ...pageRequest }),
        result: pageOf(object({ noteId, note })),
        errors: [],
    }),
} as const;
