// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { addMoney, type Money } from '../money/money.js';
import type { Note, NoteId } from './noteRecords.js';

/** A note named by a command, with what the ledger holds under that name for the wallet. */
export interface NamedNote {
    readonly noteId: NoteId;
    readonly note: Note | undefined;
}

/**
 * Sum of a wallet's notes. One that is somebody else's is not found, as is one that was spent. Throws NOTE_REPEATED,
 * NOTE_NOT_FOUND or AMOUNT_OVERFLOW.
 */
export function sumOfNotes(walletId: WalletId, named: readonly NamedNote[]): Money {
    const seen = new Set<NoteId>();
    for (const { noteId } of named) {
        if (seen.has(noteId)) refuse('NOTE_REPEATED', { noteId });
        seen.add(noteId);
    }
    return addMoney(...named.map(({ noteId, note }) => note?.amount ?? refuse('NOTE_NOT_FOUND', { walletId, noteId })));
}

/** What goes in comes out, to the unit. Throws NOTES_UNBALANCED. */
export function checkNotesBalance(inputs: Money, outputs: Money): void {
    if (inputs !== outputs) {
        refuse('NOTES_UNBALANCED', { inputs: inputs.toString(), outputs: outputs.toString() });
    }
}
