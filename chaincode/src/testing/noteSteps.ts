// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    drawNotesIntent,
    money,
    type NoteId,
    powerCredit,
    type ResultOf,
    returnNotesIntent,
    spendNotesIntent,
    type WalletId,
} from '@power-currency/domain';
import type { Scenario } from './scenario.js';
import type { SimulatedIdentity } from './simulatedIdentity.js';

/** What the holders of notes do, each with its own signature. */
export class NoteSteps {
    readonly #scenario: Scenario;

    constructor(scenario: Scenario) {
        this.#scenario = scenario;
    }

    /** Turns these amounts of a balance into notes and returns their ids. */
    async draw(wallet: WalletId, nonce: bigint, amounts: readonly bigint[]): Promise<readonly NoteId[]> {
        const argument = this.drawing(wallet, nonce, amounts);
        const { notes } = await this.#scenario.ledger.submit(this.#client, 'Note:FromBalance', argument);
        return notes.map(({ noteId }) => noteId);
    }

    /** The arguments of a conversion, signed by the holder. */
    drawing(wallet: WalletId, nonce: bigint, amounts: readonly bigint[]): ArgumentsOf<'Note:FromBalance'> {
        const scenario = this.#scenario;
        const facts = { asset: powerCredit, amounts: amounts.map(money) };
        const intent = { ...scenario.intentFields(wallet, nonce), type: 'power/draw-notes', ...facts } as const;
        return { ...scenario.signed(drawNotesIntent, intent), foldIds: [] };
    }

    /** The arguments of a spending, signed by the wallet that spends. */
    spending(
        wallet: WalletId,
        noteIds: readonly NoteId[],
        payments: readonly (readonly [WalletId, bigint])[],
        nonce = 0n,
    ): ArgumentsOf<'Note:Spend'> {
        const scenario = this.#scenario;
        const outputs = payments.map(([to, amount]) => ({ to, amount: money(amount) }));
        const facts = { asset: powerCredit, noteIds, outputs, memo: '', travelRule: null };
        const intent = { ...scenario.intentFields(wallet, nonce), type: 'power/spend-notes', ...facts } as const;
        return scenario.signed(spendNotesIntent, intent);
    }

    async spend(...spending: Parameters<NoteSteps['spending']>): Promise<ResultOf<'Note:Spend'>> {
        return this.#scenario.ledger.submit(this.#client, 'Note:Spend', this.spending(...spending));
    }

    /** The arguments of a conversion back, signed by the holder. */
    returning(wallet: WalletId, noteIds: readonly NoteId[], nonce = 0n): ArgumentsOf<'Note:ToBalance'> {
        const scenario = this.#scenario;
        const facts = { asset: powerCredit, noteIds };
        const intent = { ...scenario.intentFields(wallet, nonce), type: 'power/return-notes', ...facts } as const;
        return scenario.signed(returnNotesIntent, intent);
    }

    async return(wallet: WalletId, noteIds: readonly NoteId[], nonce = 0n): Promise<ResultOf<'Note:ToBalance'>> {
        return this.#scenario.ledger.submit(this.#client, 'Note:ToBalance', this.returning(wallet, noteIds, nonce));
    }

    /** The amounts of a wallet's notes, the smallest first. */
    async amountsOf(walletId: WalletId): Promise<readonly bigint[]> {
        const query = { walletId, asset: powerCredit, pageSize: 1000, bookmark: '' };
        const { rows } = await this.#scenario.ledger.evaluate(this.#client, 'Note:List', query);
        return rows.map(({ note }) => note.amount).sort((a, b) => (a < b ? -1 : 1));
    }

    get #client(): SimulatedIdentity {
        return this.#scenario.person('CooperativeMSP');
    }
}
