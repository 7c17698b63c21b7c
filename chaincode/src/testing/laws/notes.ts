// SPDX-License-Identifier: Apache-2.0
import { type NoteId, powerCredit } from '@power-currency/domain';
import fc from 'fast-check';
import { NoteSteps } from '../noteSteps.js';
import { type LawStage, lawStep, walletIndex } from './lawStage.js';

const whichNotes = fc.record({ owner: walletIndex, count: fc.integer({ min: 1, max: 3 }) });

/** Some of a wallet's notes, with what they are worth; one that nobody has where it has none. */
async function someNotes(stage: LawStage, { owner, count }: { owner: number; count: number }) {
    const walletId = stage.wallet(owner);
    const query = { walletId, asset: powerCredit, pageSize: count, bookmark: '' };
    const { rows } = await stage.scenario.ledger.evaluate(stage.reader, 'Note:List', query);
    const noteIds = rows.map(({ noteId }) => noteId);
    const worth = rows.reduce((sum, { note }) => sum + note.amount, 0n);
    return { walletId, noteIds: rows.length > 0 ? noteIds : [`${'0'.repeat(64)}-0` as NoteId], worth };
}

/** Balance becomes notes, notes pay, notes become balance. */
export const noteSteps = [
    lawStep(
        'draw',
        3,
        fc.record({ owner: walletIndex, amounts: fc.array(fc.bigInt(1n, 100n), { minLength: 1, maxLength: 3 }) }),
        async (stage, { owner, amounts }) => {
            const walletId = stage.wallet(owner);
            const argument = new NoteSteps(stage.scenario).drawing(walletId, await stage.nextNonce(walletId), amounts);
            return stage.endorse('AuthorityMSP', 'Note:FromBalance', argument);
        },
    ),
    lawStep(
        'spend',
        3,
        // The difference is what the outputs lack or add: the ledger refuses all but none.
        fc.record({
            which: whichNotes,
            to: walletIndex,
            amount: fc.bigInt(1n, 150n),
            difference: fc.constantFrom(0n, 0n, 1n),
        }),
        async (stage, { which, to, amount, difference }) => {
            const { walletId, noteIds, worth } = await someNotes(stage, which);
            const paid = worth > amount ? amount : worth + 1n;
            const change = worth > amount ? ([[walletId, worth - amount + difference]] as const) : [];
            const outputs = [[stage.wallet(to), paid] as const, ...change];
            const argument = new NoteSteps(stage.scenario).spending(walletId, noteIds, outputs);
            return stage.endorse('AuthorityMSP', 'Note:Spend', argument);
        },
    ),
    lawStep('return', 2, whichNotes, async (stage, which) => {
        const { walletId, noteIds } = await someNotes(stage, which);
        const argument = new NoteSteps(stage.scenario).returning(walletId, noteIds);
        return stage.endorse('AuthorityMSP', 'Note:ToBalance', argument);
    }),
];
