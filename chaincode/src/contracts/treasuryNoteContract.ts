// SPDX-License-Identifier: Apache-2.0
import {
    type Proposal,
    type ProposalId,
    retireNotesIntent,
    type TreasuryIssue,
    treasuryMandate,
    treasuryNote,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { checkCreditable, creditWallet, payeeRefs } from '../ledger/crediting.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import { pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { spendFromPocket, spendingRefs } from '../ledger/spending.js';
import { refTo, type StateRef } from '../ledger/stateTable.js';
import { issue, redeem } from '../ledger/supplies.js';
import { supplyRef, tables } from '../ledger/tables.js';

const asset = treasuryNote;
const proposalRef = (proposalId: ProposalId): StateRef<Proposal> => refTo(tables.proposal, proposalId);
const issueRef = (proposalId: ProposalId): StateRef<TreasuryIssue> => refTo(tables.treasuryIssue, proposalId);

/** Treasury Notes: money without debt, issued for what the members voted for. */
export class TreasuryNoteContract extends LedgerContract {
    constructor(platform: Platform) {
        super('TreasuryNote', platform);
    }

    @Transaction()
    @Returns('string')
    async Issue(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'TreasuryNote:Issue', request, {
            load: ({ proposalId }) => [proposalRef(proposalId), issueRef(proposalId), supplyRef(asset)],
            decide: async ({ proposalId }) => {
                const existing = session.get(issueRef(proposalId));
                const mandate = treasuryMandate(proposalId, session.get(proposalRef(proposalId)), existing);
                const { programmeId, amount, payee: to, purpose } = mandate;
                await session.load(payeeRefs(asset, to));
                checkCreditable(context, { asset, from: null, to });
                const { issued } = issue(context, asset, amount, { kind: 'proposal', proposalId });
                const creditId = creditWallet(context, asset, to, { amount, origin: 'issuance', from: null });
                const result = { proposalId, programmeId, to, amount, purpose, creditId, issuedAt: context.now };
                session.put(issueRef(proposalId), result);
                return {
                    result,
                    events: [{ type: 'NotesIssued', proposalId, programmeId, to, amount, creditId, issued }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Retire(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'TreasuryNote:Retire', request, {
            requestOf: requestOfIntent(retireNotesIntent),
            load: ({ intent, foldIds }) => [...spendingRefs(asset, intent.wallet, foldIds), supplyRef(asset)],
            decide: (command) => {
                const { wallet: walletId, requestId, amount, nonce } = command.intent;
                authorised(context, retireNotesIntent, command);
                const spending = { intent: command.intent, asset, amount, foldIds: command.foldIds };
                const { available, events } = spendFromPocket(context, spending);
                const { redeemed } = redeem(context, asset, amount, { kind: 'retirement', walletId, requestId });
                return {
                    result: { walletId, amount, nonce, available },
                    events: [...events, { type: 'NotesRetired', walletId, amount, nonce, redeemed }],
                };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListIssues(context: LedgerContext, request: string): Promise<string> {
        return evaluate('TreasuryNote:ListIssues', request, (paging) =>
            pageOfValues(context.session, tables.treasuryIssue, [], paging),
        );
    }
}
