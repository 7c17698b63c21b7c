// SPDX-License-Identifier: Apache-2.0

/** Refusals that concern notes. */
export interface NoteErrors {
    NOTE_REPEATED: { noteId: string };
    NOTE_NOT_FOUND: { walletId: string; noteId: string };
    NOTES_UNBALANCED: { inputs: string; outputs: string };
}

export const noteErrors: Readonly<Record<keyof NoteErrors, string>> = {
    NOTE_REPEATED: 'The list names the same note twice. Name each note once.',
    NOTE_NOT_FOUND: "The wallet has no such note: it was spent, or is another wallet's. List the wallet's notes.",
    NOTES_UNBALANCED: 'The outputs add up to more or less than the notes. Add an output to yourself for the change.',
};
