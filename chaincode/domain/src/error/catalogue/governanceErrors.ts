// SPDX-License-Identifier: Apache-2.0

/** Refusals about proposals and votes. */
export interface GovernanceErrors {
    PROPOSAL_EXISTS: { proposalId: string };
    PROPOSAL_NOT_FOUND: { proposalId: string };
    PROPOSAL_VALUE_OUT_OF_RANGE: { parameter: string; value: string; reason: string };
    PROPOSAL_NOT_OPEN: { proposalId: string; state: string };
    PROPOSAL_STILL_OPEN: { proposalId: string; deadline: string };
    PROPOSAL_NOT_APPROVED: { proposalId: string; state: string };
    MANDATE_NOT_IN_FORCE: { proposalId: string; state: string };
    MANDATE_FOR_ANOTHER_ACTION: { proposalId: string; kind: string };
    VOTE_ALREADY_CAST: { proposalId: string; participantId: string };
    VOTE_WITHOUT_WEIGHT: { proposalId: string; participantId: string };
}

export const governanceErrors: Readonly<Record<keyof GovernanceErrors, string>> = {
    PROPOSAL_EXISTS: 'A proposal has this id already. Choose another id.',
    PROPOSAL_NOT_FOUND: 'No proposal has this id.',
    PROPOSAL_VALUE_OUT_OF_RANGE: 'The value is outside what the parameter or power allows. Propose another value.',
    PROPOSAL_NOT_OPEN: 'The proposal takes no more votes.',
    PROPOSAL_STILL_OPEN: 'Votes are still to come and the deadline has not passed. Close it later.',
    PROPOSAL_NOT_APPROVED: 'Only an approved proposal that was not executed yet can be executed.',
    MANDATE_NOT_IN_FORCE: 'The proposal cited was not executed. Cite it once it is.',
    MANDATE_FOR_ANOTHER_ACTION: 'The proposal cited allows something else. Cite one for exactly this.',
    VOTE_ALREADY_CAST: 'The member has voted on this proposal. A vote is final.',
    VOTE_WITHOUT_WEIGHT: 'The participant had no voting weight when the proposal was opened.',
};
