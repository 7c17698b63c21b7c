// SPDX-License-Identifier: Apache-2.0
import type { ParticipantId, ProposalId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Quantity } from '../money/quantity.js';
import type { Participant } from '../registry/registryRecords.js';
import type { Instant } from '../time/ledgerClock.js';
import type { ProposalAction } from './action.js';
import { enact, type GovernedRules } from './enact.js';
import type { Proposal } from './governanceRecords.js';
import { proposalClassOf } from './proposalRule.js';

export interface ProposalDraft {
    readonly proposalId: ProposalId;
    readonly proposer: ParticipantId;
    readonly action: ProposalAction;
    readonly rationale: string;
    readonly rules: GovernedRules;
    /** Everybody registered at this moment; who has weight now votes with that weight. */
    readonly participants: readonly Participant[];
    readonly existing: Proposal | undefined;
    readonly now: Instant;
}

/** Opens a proposal; guards in the documented order. */
export function propose(draft: ProposalDraft): Proposal {
    const { proposalId, proposer, action, rationale, rules, participants, existing, now } = draft;
    // What could not be put into force now is not worth a vote.
    enact(action, rules);
    if (existing !== undefined) refuse('PROPOSAL_EXISTS', { proposalId });
    const voters = participants.filter((participant) => participant.votingWeight > 0n);
    return {
        proposalId,
        proposer,
        class: proposalClassOf(action),
        action,
        rationale,
        openedAt: now,
        deadline: (now + rules.parameters.votingPeriodSeconds) as Quantity<'second'>,
        weights: Object.fromEntries(voters.map((voter) => [voter.participantId, voter.votingWeight])),
        closed: null,
        executedAt: null,
    };
}
