// SPDX-License-Identifier: Apache-2.0
import { encodeArguments, type NoteId, powerCredit, type TransactionName, type WalletId } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { NoteSteps } from '../testing/noteSteps.js';
import { expectRefusal } from '../testing/refusals.js';
import { newHolder } from '../testing/scenario.js';

const day = '2026-11-19';
const [anna, bert, carl] = ['anna', 'bert', 'carl'] as [WalletId, WalletId, WalletId];
let scenario: Scenario;
let notes: NoteSteps;
/** Anna's notes of 100 and 200. */
let [small, large]: NoteId[] = [];

beforeEach(async () => {
    scenario = await Scenario.founded();
    notes = new NoteSteps(scenario);
    for (const name of [anna, bert, carl]) await scenario.openWallet(name);
    await scenario.attestDay(day, 338_385_500_000n);
    await scenario.fund(day, 1_000n, anna);
    [small, large] = await notes.draw(anna, 1n, [100n, 200n]);
});
afterEach(() => {
    scenario.close();
});

const client = () => scenario.person('CooperativeMSP');
/** Executes the calls on one state and orders them into one block. */
const inOneBlock = async (transaction: TransactionName, values: readonly unknown[]) => {
    const endorsed = [];
    for (const value of values) {
        const argument = encodeArguments(transaction, value as never);
        endorsed.push(await scenario.ledger.endorse({ identity: client(), transaction, argument }));
    }
    return (await scenario.ledger.commit(endorsed)).map(({ code }) => code);
};

describe('notes from a balance', () => {
    it('leave it with so much less, and are counted apart', async () => {
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({
            ...{ available: 700n, pending: 0n, held: 0n, notes: 300n, noteCount: 2, nonce: 1n },
        });
        await expect(notes.amountsOf(anna)).resolves.toEqual([100n, 200n]);
    });

    it('refuse more than there is, a used turn, and what cannot be counted', async () => {
        await expectRefusal(notes.draw(anna, 2n, [700n, 1n]), 'INSUFFICIENT_FUNDS', { amount: '701' });
        await expectRefusal(notes.draw(anna, 1n, [1n]), 'NONCE_MISMATCH');
        await expectRefusal(notes.draw(anna, 2n, [9_223_372_036_854_775_807n, 1n]), 'AMOUNT_OVERFLOW');
    });

    it('are at most 64 at a time', async () => {
        const ones = Array.from({ length: 64 }, () => 1n);
        await expect(notes.draw(anna, 2n, ones)).resolves.toHaveLength(64);
        await expectRefusal(notes.draw(anna, 3n, [...ones, 1n]), 'INVALID_ARGUMENT', { field: 'intent.amounts' });
    });
});

describe('spending notes', () => {
    it('makes notes of the payees and the change, and ends the old ones', async () => {
        const { total, notes: made } = await notes.spend(...([anna, [small!, large!]] as const), [
            [bert, 150n],
            [carl, 50n],
            [anna, 100n],
        ]);
        expect(total).toBe(300n);
        expect(made.map(({ to, amount }) => [to, amount])).toEqual([
            ['bert', 150n],
            ['carl', 50n],
            ['anna', 100n],
        ]);
        await expect(notes.amountsOf(anna)).resolves.toEqual([100n]);
        await expect(notes.amountsOf(bert)).resolves.toEqual([150n]);
        await expect(scenario.balanceOf(carl)).resolves.toMatchObject({ available: 0n, pending: 0n, notes: 50n });
        await expect(notes.spend(bert, [made[0]!.noteId], [[carl, 150n]])).resolves.toMatchObject({ from: 'bert' });
    });

    it('spends none twice, in one list or one after the other [V26]', async () => {
        await expectRefusal(notes.spend(anna, [small!, small!], [[bert, 200n]]), 'NOTE_REPEATED', { noteId: small! });
        await notes.spend(anna, [small!], [[bert, 100n]]);
        await expectRefusal(notes.spend(anna, [small!], [[carl, 100n]]), 'NOTE_NOT_FOUND');
    });

    it('spends none twice in one block either [V20]', async () => {
        const twice = [bert, carl].map((to) => notes.spending(anna, [small!], [[to, 100n]]));
        await expect(inOneBlock('Note:Spend', twice)).resolves.toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        await expect(notes.amountsOf(carl)).resolves.toEqual([]);
    });

    it('of one wallet never waits for another spending of it, nor for its balance', async () => {
        const both = [small!, large!].map((noteId, index) =>
            notes.spending(anna, [noteId], [[bert, index === 0 ? 100n : 200n]]),
        );
        await expect(inOneBlock('Note:Spend', both)).resolves.toEqual(['VALID', 'VALID']);
        await expect(notes.amountsOf(bert)).resolves.toEqual([100n, 200n]);
    });

    it('takes nobody else’s notes [V44]', async () => {
        await expectRefusal(notes.spend(bert, [small!], [[bert, 100n]]), 'NOTE_NOT_FOUND', { walletId: 'bert' });
    });

    it.each([
        ['more', 101n],
        ['less', 99n],
    ])('pays out neither less nor %s than the notes are worth', async (_, amount) => {
        await expectRefusal(notes.spend(anna, [small!], [[bert, amount]]), 'NOTES_UNBALANCED', {
            ...{ inputs: '100', outputs: amount.toString() },
        });
    });

    it('adds up without wrapping around [V63]', async () => {
        const outputs = [9_223_372_036_854_775_807n, 9_223_372_036_854_775_807n, 102n].map(
            (amount) => [bert, amount] as const,
        );
        await expectRefusal(notes.spend(anna, [small!], outputs), 'AMOUNT_OVERFLOW');
    });

    it('refuses payees nobody knows, and a turn it does not have', async () => {
        await expectRefusal(notes.spend(anna, [small!], [['nobody' as WalletId, 100n]]), 'WALLET_NOT_FOUND');
        await expectRefusal(notes.spend(anna, [small!], [[bert, 100n]], 1n), 'NONCE_MISMATCH', { expected: '0' });
    });

    it('of one intent happens once [V81]', async () => {
        const spending = notes.spending(anna, [small!], [[bert, 100n]]);
        const first = await scenario.ledger.submit(client(), 'Note:Spend', spending);
        await expect(scenario.ledger.submit(client(), 'Note:Spend', spending)).resolves.toEqual(first);
        await expect(notes.amountsOf(bert)).resolves.toEqual([100n]);
    });
});

describe('notes to a balance', () => {
    it('wait for their owner as one pending credit', async () => {
        const { creditId, total } = await notes.return(anna, [small!, large!]);
        expect(total).toBe(300n);
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({ available: 700n, pending: 300n, notes: 0n });
        const value = { walletId: anna, asset: powerCredit, creditIds: [creditId] };
        await expect(scenario.submit(client(), 'Wallet:Fold', value)).resolves.toMatchObject({ available: 1_000n });
    });

    it('refuse a note named twice, one that is spent or another’s, and a turn they do not have', async () => {
        await expectRefusal(notes.return(anna, [small!, small!]), 'NOTE_REPEATED');
        await expectRefusal(notes.return(bert, [small!]), 'NOTE_NOT_FOUND');
        await expectRefusal(notes.return(anna, [small!], 1n), 'NONCE_MISMATCH');
        await notes.return(anna, [small!]);
        await expectRefusal(notes.return(anna, [small!]), 'NOTE_NOT_FOUND');
    });

    it('of one note twice in one block become balance once', async () => {
        const twice = [1, 2].map(() => notes.returning(anna, [small!]));
        await expect(inOneBlock('Note:ToBalance', twice)).resolves.toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });
});

describe('whoever carries it to the ledger', () => {
    it.each([
        ['FromBalance', async () => notes.draw(anna, 2n, [1n])],
        ['Spend', async () => notes.spend(anna, [small!], [[bert, 100n]])],
        ['ToBalance', async () => notes.return(anna, [small!])],
    ] as const)('%s is signed by the wallet’s own keys [V51]', async (_, act) => {
        scenario.holders.set(anna, newHolder());
        await expectRefusal(act(), 'INTENT_KEY_UNKNOWN', { walletId: 'anna' });
    });
});
