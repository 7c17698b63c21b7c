// SPDX-License-Identifier: Apache-2.0
import { nullable, object } from '../encoding/codec.js';
import { milestoneId, programmeId, proposalId, requestId } from '../encoding/identifier.js';
import { attestMilestoneIntent, clawBackIntent, openProgrammeIntent } from '../programme/programmeIntents.js';
import { milestoneAttestation, milestoneStatus, programme, programmeProgress } from '../programme/programmeRecords.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { intentErrors, payeeErrors, signedIntent, signedSpending, spendErrors } from './signedIntent.js';

const milestoneErrors = ['MILESTONE_NOT_FOUND', 'MILESTONE_ENDED'] as const;

export const programmeTransactions = {
    'Programme:Open': submit({
        summary: 'Puts a budget into escrow, milestone by milestone, with the three holders who attest them.',
        arguments: signedSpending(openProgrammeIntent),
        result: programme,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'PROGRAMME_OPENER_NOT_ALLOWED',
            'PROGRAMME_EXISTS',
            'MILESTONE_REPEATED',
            'MILESTONE_DEADLINE_PAST',
            'PROGRAMME_BUDGET_MISMATCH',
            'TRANSFER_TO_SELF',
            'ATTESTERS_NOT_INDEPENDENT',
            ...payeeErrors,
            ...spendErrors,
        ],
        events: ['CreditsFolded', 'ProgrammeOpened'],
    }),
    'Programme:Attest': submit({
        summary: "One attester's one word that the evidence of this hash meets a milestone.",
        arguments: signedIntent(attestMilestoneIntent),
        result: milestoneAttestation,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'PROGRAMME_NOT_FOUND',
            'NONCE_MISMATCH',
            'ATTESTER_NOT_NAMED',
            ...milestoneErrors,
            'MILESTONE_ATTESTED_ALREADY',
        ],
        events: ['MilestoneAttested'],
    }),
    'Programme:Release': submit({
        summary: 'Pays a milestone that two of three attest with the same evidence; above the limit, also voted for.',
        arguments: object({ requestId, programmeId, milestoneId, proposalId: nullable(proposalId) }),
        result: milestoneStatus,
        roles: ['member'],
        errors: [
            'PROGRAMME_NOT_FOUND',
            ...milestoneErrors,
            'MILESTONE_EVIDENCE_INSUFFICIENT',
            'PROPOSAL_NOT_FOUND',
            'MANDATE_NOT_IN_FORCE',
            'MANDATE_FOR_ANOTHER_ACTION',
            'MILESTONE_NEEDS_VOTE',
            ...payeeErrors,
        ],
        events: ['MilestoneReleased'],
    }),
    'Programme:Clawback': submit({
        summary: 'Gives the opener back what was not released by its deadline, on its signed intent.',
        arguments: signedIntent(clawBackIntent),
        result: milestoneStatus,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'PROGRAMME_NOT_FOUND',
            'NONCE_MISMATCH',
            'PROGRAMME_NOT_OPENER',
            ...milestoneErrors,
            'MILESTONE_NOT_DUE',
        ],
        events: ['MilestoneClawedBack'],
    }),
    'Programme:Describe': evaluate({
        summary: 'One programme, and how much of its budget is released, waiting and clawed back.',
        arguments: object({ programmeId }),
        result: programmeProgress,
        errors: ['PROGRAMME_NOT_FOUND'],
    }),
    'Programme:ListMilestones': evaluate({
        summary: 'A page of the milestones of a programme with their states and attestations, in order of their ids.',
        arguments: object({ programmeId, ...pageRequest }),
        result: pageOf(milestoneStatus),
        errors: ['PROGRAMME_NOT_FOUND'],
    }),
    'Programme:List': evaluate({
        summary: 'A page of programmes with the progress of each, in order of their ids.',
        arguments: object(pageRequest),
        result: pageOf(programmeProgress),
        errors: [],
    }),
} as const;
