// SPDX-License-Identifier: Apache-2.0
import { type Codec, type Decoded, list, object, text } from '../encoding/codec.js';
import { creditId, walletId } from '../encoding/identifier.js';
import { amount, count, positiveAmount } from '../encoding/quantityCodec.js';
import { assetCode } from '../money/asset.js';

declare const kind: unique symbol;

/** The id of the transaction that made the note, and the note's number in it: no other note ever has it. */
export type NoteId = string & { readonly [kind]: 'note' };
export const noteId = text(/^[0-9a-f]{64}-(0|[1-9][0-9]?)$/, 'note id') as Codec<NoteId>;

/** Most notes that one transaction takes or makes. */
export const noteCountMax = 64;

/**
 * Money of its own outside any pocket: a note is spent as a whole, once, and then no longer there. Its key names its
 * owner. Two notes of a wallet are spent side by side, because nothing else of the wallet changes (Q42).
 */
export const note = object({
    amount: positiveAmount,
    /** Who paid with it; the owner itself where it came from its own balance. */
    from: walletId,
});
export type Note = Decoded<typeof note>;

const madeNote = object({ noteId, to: walletId, amount: positiveAmount });
export const madeNotes = list(madeNote, noteCountMax, 1);
export type MadeNote = Decoded<typeof madeNote>;

export const drawnReceipt = object({
    walletId,
    asset: assetCode,
    total: positiveAmount,
    notes: madeNotes,
    nonce: count,
    /** What the wallet can spend from its balance afterwards. */
    available: amount,
});

export const spentReceipt = object({ from: walletId, asset: assetCode, total: positiveAmount, notes: madeNotes });

export const returnedReceipt = object({ walletId, asset: assetCode, total: positiveAmount, creditId });
