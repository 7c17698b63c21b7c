// SPDX-License-Identifier: Apache-2.0
import { type Decoded, freeText, nullable, object, oneOf, record } from '../encoding/codec.js';
import { participantId, proposalId } from '../encoding/identifier.js';
import { count, instant } from '../encoding/quantityCodec.js';
import { proposalAction } from './action.js';

export const voteChoices = ['for', 'against', 'abstain'] as const;
export type VoteChoice = (typeof voteChoices)[number];

/** Derived from the facts of a proposal, never stored. */
const proposalStates = ['open', 'approved', 'rejected', 'executed'] as const;
export type ProposalState = (typeof proposalStates)[number];

export const proposalClasses = ['ordinary', 'monetary', 'constitutional'] as const;
export type ProposalClass = (typeof proposalClasses)[number];

export const tally = object({ for: count, against: count, abstain: count });
export type Tally = Decoded<typeof tally>;

/** The facts of a proposal. Voting weights are those of the moment it was opened (Q26). */
export const proposal = object({
    proposalId,
    proposer: participantId,
    class: oneOf(proposalClasses),
    action: proposalAction,
    rationale: freeText(1000),
    openedAt: instant,
    deadline: instant,
    weights: record(count),
    closed: nullable(object({ at: instant, tally })),
    executedAt: nullable(instant),
});
export type Proposal = Decoded<typeof proposal>;

/** One member's final word, under a key of its own. */
export const ballot = object({ participantId, choice: oneOf(voteChoices), weight: count, castAt: instant });
export type Ballot = Decoded<typeof ballot>;

export const proposalOutcome = object({
    proposal,
    state: oneOf(proposalStates),
    /** The tally so far while open, the final one afterwards. */
    tally,
    quorumWeight: count,
    totalWeight: count,
});
export type ProposalOutcome = Decoded<typeof proposalOutcome>;
