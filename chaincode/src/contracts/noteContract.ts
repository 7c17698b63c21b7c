// SPDX-License-Identifier: Apache-2.0
import {
    holderOf,
    addMoney,
    assetOf,
    checkActive,
    checkNoNonce,
    checkNotesBalance,
    checkTravelRule,
    drawNotesIntent,
    type NoteId,
    returnNotesIntent,
    spendNotesIntent,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { parametersOf } from '../ledger/basis.js';
import { restrictedRef } from '../ledger/compliance.js';
import { checkCreditable, creditWallet, payeeRefs } from '../ledger/crediting.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import { makeNotes, noteRefs, takeNotes } from '../ledger/notes.js';
import type { Platform } from '../ledger/platform.js';
import { spendFromPocket, spendingRefs } from '../ledger/spending.js';
import { parametersRef, tables } from '../ledger/tables.js';
import { assetRef, walletRef } from '../ledger/walletRefs.js';

/** Money as notes beside balances (PS-09): a note is spent as a whole and once, and no two notes wait for each other. */
export class NoteContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Note', platform);
    }

    @Transaction()
    @Returns('string')
    async FromBalance(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Note:FromBalance', request, {
            requestOf: requestOfIntent(drawNotesIntent),
            load: ({ intent: { wallet, asset }, foldIds }) => spendingRefs(asset, wallet, foldIds),
            decide: (command) => {
                const { intent, foldIds } = command;
                const { wallet: walletId, asset, amounts, nonce } = intent;
                authorised(context, drawNotesIntent, command);
                const total = addMoney(...amounts);
                const { available, events } = spendFromPocket(context, { intent, asset, amount: total, foldIds });
                const own = amounts.map((amount) => ({ to: walletId, amount }));
                const facts = { walletId, asset, total, notes: makeNotes(context, asset, walletId, own) };
                return {
                    result: { ...facts, nonce, available },
                    events: [...events, { type: 'NotesDrawn', ...facts }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Spend(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Note:Spend', request, {
            requestOf: requestOfIntent(spendNotesIntent),
            load: ({ intent }) => [
                ...[walletRef(intent.wallet), assetRef(intent.asset), ...noteRefs(intent)],
                ...[restrictedRef(holderOf(intent.wallet)), parametersRef],
                ...intent.outputs.flatMap(({ to }) => payeeRefs(intent.asset, to)),
            ],
            decide: (command) => {
                const { wallet: from, asset, noteIds, outputs, travelRule } = command.intent;
                authorised(context, spendNotesIntent, command);
                checkNoNonce(command.intent);
                checkActive(assetOf(asset, session.get(assetRef(asset))));
                const payments = outputs.filter(({ to }) => to !== from);
                for (const { to } of payments) checkCreditable(context, { asset, from, to });
                const total = takeNotes(context, command.intent);
                checkNotesBalance(total, addMoney(...outputs.map(({ amount }) => amount)));
                const { travelRuleLimit } = parametersOf(session);
                for (const { amount } of payments) checkTravelRule(travelRuleLimit, amount, travelRule);
                const facts = { from, asset, total, notes: makeNotes(context, asset, from, outputs) };
                return { result: facts, events: [{ type: 'NotesSpent', ...facts, noteIds }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ToBalance(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Note:ToBalance', request, {
            requestOf: requestOfIntent(returnNotesIntent),
            load: ({ intent }) => [walletRef(intent.wallet), ...noteRefs(intent)],
            decide: (command) => {
                const { wallet: walletId, asset, noteIds } = command.intent;
                authorised(context, returnNotesIntent, command);
                checkNoNonce(command.intent);
                const total = takeNotes(context, command.intent);
                const credit = { amount: total, origin: 'notes', from: walletId } as const;
                const facts = { walletId, asset, total, creditId: creditWallet(context, asset, walletId, credit) };
                return { result: facts, events: [{ type: 'NotesReturned', ...facts, noteIds }] };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async List(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Note:List', request, async ({ asset, walletId, ...paging }) => {
            const { rows, bookmark } = await context.session.page(tables.note, [asset, walletId], paging);
            return { rows: rows.map(({ parts, value }) => ({ noteId: parts[2] as NoteId, note: value })), bookmark };
        });
    }
}
