// SPDX-License-Identifier: Apache-2.0
import type { ParticipantId, ProposalId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Quantity } from '../money/quantity.js';
import type { Participant } from '../registry/registryRecords.js';
import type { Instant } from '../time/ledgerClock.js';
import { changeParameter, isParameterName } from './changeParameter.js';
import type { Proposal } from './governanceRecords.js';
import type { Parameters } from './parameters.js';
import { parameterClasses } from './proposalRule.js';

export interface ProposalDraft {
    readonly proposalId: ProposalId;
    readonly proposer: ParticipantId;
    readonly parameter: string;
    readonly value: string;
    readonly rationale: string;
    readonly parameters: Parameters;
    /** Everybody registered at this moment; who has weight now votes with that weight. */
    readonly participants: readonly Participant[];
    readonly existing: Proposal | undefined;
    readonly now: Instant;
}

/** Opens a proposal; guards in the documented order. */
export function propose(draft: ProposalDraft): Proposal {
    const { proposalId, proposer, parameter, value, rationale, parameters, participants, existing, now } = draft;
    if (!isParameterName(parameter)) refuse('PROPOSAL_PARAMETER_UNKNOWN', { parameter });
    changeParameter(parameters, parameter, value);
    if (existing !== undefined) refuse('PROPOSAL_EXISTS', { proposalId });
    const voters = participants.filter((participant) => participant.votingWeight > 0n);
    return {
        proposalId,
        proposer,
        class: parameterClasses[parameter],
        parameter,
        value,
        rationale,
        openedAt: now,
        deadline: (now + parameters.votingPeriodSeconds) as Quantity<'second'>,
        weights: Object.fromEntries(voters.map((voter) => [voter.participantId, voter.votingWeight])),
        closed: null,
        executedAt: null,
    };
}
