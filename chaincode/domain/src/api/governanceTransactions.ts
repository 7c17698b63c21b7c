// SPDX-License-Identifier: Apache-2.0
import { freeText, list, object, oneOf } from '../encoding/codec.js';
import { proposalId, requestId } from '../encoding/identifier.js';
import { proposalAction } from '../governance/action.js';
import { ballot, proposal, proposalOutcome, voteChoices } from '../governance/governanceRecords.js';
import { parameters } from '../governance/parameters.js';
import { walletPolicies } from '../wallet/walletPolicy.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';

export const governanceTransactions = {
    'Governance:Propose': submit({
        summary: 'Opens a vote on one action; the weights of this moment count.',
        arguments: object({
            requestId,
            proposalId,
            action: proposalAction,
            rationale: freeText(1000),
        }),
        result: proposal,
        roles: ['delegate'],
        errors: ['PROPOSAL_VALUE_OUT_OF_RANGE', 'PROPOSAL_EXISTS'],
        events: ['ProposalOpened'],
    }),
    'Governance:CastVote': submit({
        summary: "Casts the caller's organisation's one and final vote.",
        arguments: object({ requestId, proposalId, choice: oneOf(voteChoices) }),
        result: ballot,
        roles: ['delegate'],
        errors: ['PROPOSAL_NOT_FOUND', 'PROPOSAL_NOT_OPEN', 'VOTE_WITHOUT_WEIGHT', 'VOTE_ALREADY_CAST'],
        events: ['VoteCast'],
    }),
    'Governance:Close': submit({
        summary: 'Counts the votes once all are cast or the deadline has passed.',
        arguments: object({ requestId, proposalId }),
        result: proposalOutcome,
        roles: ['delegate'],
        errors: ['PROPOSAL_NOT_FOUND', 'PROPOSAL_NOT_OPEN', 'PROPOSAL_STILL_OPEN'],
        events: ['ProposalClosed'],
    }),
    'Governance:Execute': submit({
        summary: 'Puts an approved proposal into force, once: a change of the rules, or a mandate contracts cite.',
        arguments: object({ requestId, proposalId }),
        result: proposalOutcome,
        roles: ['delegate'],
        errors: [
            'PROPOSAL_NOT_FOUND',
            'PROPOSAL_NOT_APPROVED',
            'PROPOSAL_VALUE_OUT_OF_RANGE',
            'ISSUANCE_NOT_FOUNDED',
            'ISSUANCE_YEAR_DONE',
            'ISSUANCE_ADJUSTMENT_EXISTS',
            'ISSUANCE_ADJUSTMENT_TOO_LARGE',
        ],
        events: [
            'ParameterChanged',
            'WalletPolicyChanged',
            'PlausibilityRuleChanged',
            'GrowthAdjusted',
            'ProposalExecuted',
        ],
    }),
    'Governance:Describe': evaluate({
        summary: 'One proposal with its state and tally.',
        arguments: object({ proposalId }),
        result: proposalOutcome,
        errors: ['PROPOSAL_NOT_FOUND'],
    }),
    'Governance:ListBallots': evaluate({
        summary: 'The votes cast on one proposal.',
        arguments: object({ proposalId }),
        result: list(ballot, 100),
        errors: ['PROPOSAL_NOT_FOUND'],
    }),
    'Governance:List': evaluate({
        summary: 'A page of proposals in order of their ids.',
        arguments: object(pageRequest),
        result: pageOf(proposal),
        errors: [],
    }),
    'Governance:DescribeParameters': evaluate({
        summary: 'The parameters in force.',
        arguments: object({}),
        result: parameters,
        errors: [],
    }),
    'Governance:DescribeWalletPolicies': evaluate({
        summary: 'What wallets of each type may do.',
        arguments: object({}),
        result: walletPolicies,
        errors: [],
    }),
} as const;
