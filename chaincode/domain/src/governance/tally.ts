// SPDX-License-Identifier: Apache-2.0
import type { Quantity } from '../money/quantity.js';
import { ppmPerOne } from '../money/ratio.js';
import type { Ballot, Proposal, ProposalOutcome, ProposalState, Tally, VoteChoice } from './governanceRecords.js';
import { proposalRules } from './proposalRule.js';

type Count = Quantity<'count'>;

/** Weight of the ballots by choice. */
export function countBallots(ballots: readonly Ballot[]): Tally {
    const weightOf = (choice: VoteChoice): Count =>
        ballots
            .filter((ballot) => ballot.choice === choice)
            .reduce<bigint>((sum, { weight }) => sum + weight, 0n) as Count;
    return { for: weightOf('for'), against: weightOf('against'), abstain: weightOf('abstain') };
}

/** All the weight there was when the proposal was opened. */
export function totalWeight(proposal: Proposal): Count {
    return Object.values(proposal.weights).reduce<bigint>((sum, weight) => sum + weight, 0n) as Count;
}

/** Least weight that must vote, abstentions included, rounded up. */
function quorumWeight(proposal: Proposal): Count {
    const share = totalWeight(proposal) * proposalRules[proposal.class].quorum;
    return ((share + ppmPerOne - 1n) / ppmPerOne) as Count;
}

/** Weight that has voted. */
export function weightCast(tally: Tally): bigint {
    return tally.for + tally.against + tally.abstain;
}

/** Whether the tally carries the proposal: quorum reached, and more for it than its class asks. */
export function isCarried(proposal: Proposal, tally: Tally): boolean {
    const { approval } = proposalRules[proposal.class];
    return (
        weightCast(tally) >= quorumWeight(proposal) && tally.for * ppmPerOne > approval * (tally.for + tally.against)
    );
}

/** The state, derived from the facts. */
export function proposalState(proposal: Proposal): ProposalState {
    if (proposal.closed === null) return 'open';
    if (proposal.executedAt !== null) return 'executed';
    return isCarried(proposal, proposal.closed.tally) ? 'approved' : 'rejected';
}

/** A proposal with everything derived from it; `ballots` matter only while it is open. */
export function outcomeOf(proposal: Proposal, ballots: readonly Ballot[]): ProposalOutcome {
    return {
        proposal,
        state: proposalState(proposal),
        tally: proposal.closed?.tally ?? countBallots(ballots),
        quorumWeight: quorumWeight(proposal),
        totalWeight: totalWeight(proposal),
    };
}
