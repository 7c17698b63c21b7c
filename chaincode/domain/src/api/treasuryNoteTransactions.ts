// SPDX-License-Identifier: Apache-2.0
import { object } from '../encoding/codec.js';
import { proposalId, requestId } from '../encoding/identifier.js';
import { retirement, retireNotesIntent, treasuryIssue } from '../treasury/treasuryNote.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { intentErrors, builtInPayeeErrors, signedSpending, spendErrors } from './signedIntent.js';

export const treasuryNoteTransactions = {
    'TreasuryNote:Issue': submit({
        summary: 'Issues the Treasury Notes that an executed vote allows: its amount, to its payee, once.',
        arguments: object({ requestId, proposalId }),
        result: treasuryIssue,
        roles: ['treasury'],
        errors: [
            'PROPOSAL_NOT_FOUND',
            'MANDATE_NOT_IN_FORCE',
            'MANDATE_FOR_ANOTHER_ACTION',
            'TREASURY_PROGRAMME_ISSUED',
            ...builtInPayeeErrors,
            'AMOUNT_OVERFLOW',
        ],
        events: ['NotesIssued'],
    }),
    'TreasuryNote:Retire': submit({
        summary: "Takes Treasury Notes out of existence, from a wallet on its holder's signed intent.",
        arguments: signedSpending(retireNotesIntent),
        result: retirement,
        roles: ['member'],
        errors: [...intentErrors, ...spendErrors],
        events: ['CreditsFolded', 'NotesRetired'],
    }),
    'TreasuryNote:ListIssues': evaluate({
        summary: 'A page of the issues of Treasury Notes, in order of the votes that allowed them.',
        arguments: object(pageRequest),
        result: pageOf(treasuryIssue),
        errors: [],
    }),
} as const;
