// SPDX-License-Identifier: Apache-2.0
import type { ParticipantId, ProposalId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import { enact, type GovernedRules } from './enact.js';
import type { Ballot, Proposal, VoteChoice } from './governanceRecords.js';
import { countBallots, proposalState, totalWeight, weightCast } from './tally.js';

export interface VoteCase {
    readonly proposalId: ProposalId;
    readonly proposal: Proposal | undefined;
    readonly participantId: ParticipantId;
    readonly choice: VoteChoice;
    readonly existing: Ballot | undefined;
    readonly now: Instant;
}

/** One member's vote, with the weight it had when the proposal was opened. */
export function castVote(facts: VoteCase): Ballot {
    const { proposalId, participantId, choice, now } = facts;
    const proposal = facts.proposal ?? refuse('PROPOSAL_NOT_FOUND', { proposalId });
    checkOpen(proposal);
    if (now >= proposal.deadline) refuse('PROPOSAL_NOT_OPEN', { proposalId, state: 'past its deadline' });
    const weight = Object.hasOwn(proposal.weights, participantId) ? proposal.weights[participantId] : undefined;
    if (weight === undefined) refuse('VOTE_WITHOUT_WEIGHT', { proposalId, participantId });
    if (facts.existing !== undefined) refuse('VOTE_ALREADY_CAST', { proposalId, participantId });
    return { participantId, choice, weight, castAt: now };
}

/** Ends the vote once every weight is cast or the deadline has passed, and keeps the tally. */
export function closeProposal(
    proposalId: ProposalId,
    found: Proposal | undefined,
    ballots: readonly Ballot[],
    now: Instant,
): Proposal {
    const proposal = found ?? refuse('PROPOSAL_NOT_FOUND', { proposalId });
    checkOpen(proposal);
    const tally = countBallots(ballots);
    if (weightCast(tally) < totalWeight(proposal) && now < proposal.deadline) {
        refuse('PROPOSAL_STILL_OPEN', { proposalId, deadline: proposal.deadline.toString() });
    }
    return { ...proposal, closed: { at: now, tally } };
}

/** Puts an approved proposal into force. The action is checked again: other rules may have changed since. */
export function executeProposal(
    proposalId: ProposalId,
    found: Proposal | undefined,
    rules: GovernedRules,
    now: Instant,
): { readonly proposal: Proposal; readonly rules: GovernedRules } {
    const proposal = found ?? refuse('PROPOSAL_NOT_FOUND', { proposalId });
    const state = proposalState(proposal);
    if (state !== 'approved') refuse('PROPOSAL_NOT_APPROVED', { proposalId, state });
    return { proposal: { ...proposal, executedAt: now }, rules: enact(proposal.action, rules) };
}

function checkOpen(proposal: Proposal): void {
    const state = proposalState(proposal);
    if (state !== 'open') refuse('PROPOSAL_NOT_OPEN', { proposalId: proposal.proposalId, state });
}
