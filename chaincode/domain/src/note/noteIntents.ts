// SPDX-License-Identifier: Apache-2.0
import { type Decoded, freeText, list, object } from '../encoding/codec.js';
import { walletId } from '../encoding/identifier.js';
import { positiveAmount } from '../encoding/quantityCodec.js';
import { assetCode } from '../money/asset.js';
import { intentOf } from '../wallet/intent.js';
import { travelRuleReference } from '../wallet/transferIntent.js';
import { noteCountMax, noteId } from './noteRecords.js';

const noteIds = list(noteId, noteCountMax, 1);

/** What a holder signs to turn part of a balance into notes of these amounts. */
export const drawNotesIntent = intentOf('draw-notes', {
    asset: assetCode,
    amounts: list(positiveAmount, noteCountMax, 1),
});
export type DrawNotesIntent = Decoded<typeof drawNotesIntent>;

/** What a holder signs to pay with notes; the change, if any, is an output to the holder's own wallet. */
export const spendNotesIntent = intentOf('spend-notes', {
    asset: assetCode,
    noteIds,
    outputs: list(object({ to: walletId, amount: positiveAmount }), noteCountMax, 1),
    memo: freeText(140),
    travelRule: travelRuleReference,
});
export type SpendNotesIntent = Decoded<typeof spendNotesIntent>;

/** What a holder signs to turn notes back into balance. */
export const returnNotesIntent = intentOf('return-notes', { asset: assetCode, noteIds });
export type ReturnNotesIntent = Decoded<typeof returnNotesIntent>;
