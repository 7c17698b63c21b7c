// SPDX-License-Identifier: Apache-2.0
import { list, object } from '../../encoding/codec.js';
import { creditId, walletId } from '../../encoding/identifier.js';
import { positiveAmount } from '../../encoding/quantityCodec.js';
import { assetCode } from '../../money/asset.js';
import { madeNotes, noteCountMax, noteId } from '../../note/noteRecords.js';

const total = positiveAmount;
const noteIds = list(noteId, noteCountMax, 1);

export const noteEvents = {
    NotesDrawn: object({ asset: assetCode, walletId, total, notes: madeNotes }),
    NotesSpent: object({ asset: assetCode, from: walletId, total, noteIds, notes: madeNotes }),
    NotesReturned: object({ asset: assetCode, walletId, total, noteIds, creditId }),
} as const;
