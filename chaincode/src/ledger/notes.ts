// SPDX-License-Identifier: Apache-2.0
import {
    type AssetCode,
    type MadeNote,
    type Money,
    type NamedNote,
    type Note,
    type NoteId,
    sumOfNotes,
    type WalletId,
} from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

/** Notes of one wallet in one asset, named one by one. */
interface NotesOf {
    readonly wallet: WalletId;
    readonly asset: AssetCode;
    readonly noteIds: readonly NoteId[];
}

/** What {@link takeNotes} needs loaded. */
export function noteRefs({ asset, wallet, noteIds }: NotesOf): readonly StateRef[] {
    return noteIds.map((noteId) => noteRef(asset, wallet, noteId));
}

/** Removes the notes from the ledger and returns their sum; a concurrent spending of one of them is then invalid. */
export function takeNotes({ session }: LedgerContext, { asset, wallet, noteIds }: NotesOf): Money {
    const named: readonly NamedNote[] = noteIds.map((noteId) => ({
        noteId,
        note: session.get(noteRef(asset, wallet, noteId)),
    }));
    const sum = sumOfNotes(wallet, named);
    for (const noteId of noteIds) session.delete(noteRef(asset, wallet, noteId));
    return sum;
}

/** Makes notes under keys that only this transaction can have. */
export function makeNotes(
    { session, stub }: LedgerContext,
    asset: AssetCode,
    from: WalletId,
    outputs: readonly { readonly to: WalletId; readonly amount: Money }[],
): readonly MadeNote[] {
    return outputs.map(({ to, amount }, number) => {
        const noteId = `${stub.getTxID()}-${String(number)}` as NoteId;
        session.insertBlind(noteRef(asset, to, noteId), { amount, from });
        return { noteId, to, amount };
    });
}

function noteRef(asset: AssetCode, owner: WalletId, noteId: NoteId): StateRef<Note> {
    return refTo(tables.note, asset, owner, noteId);
}
