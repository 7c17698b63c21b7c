// SPDX-License-Identifier: Apache-2.0
import type { MilestoneId, ProposalId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Proposal } from '../governance/governanceRecords.js';
import { checkMandate } from '../governance/mandate.js';
import type { Parameters } from '../governance/parameters.js';
import type { Instant } from '../time/ledgerClock.js';
import { checkNoNonce } from '../wallet/nonce.js';
import { attestedEvidence, checkEscrowed } from './attestMilestone.js';
import type { ClawBackIntent } from './programmeIntents.js';
import type { Milestone, MilestoneAttestation, Programme } from './programmeRecords.js';

export interface MilestoneRelease {
    readonly programme: Programme;
    readonly milestoneId: MilestoneId;
    readonly milestone: Milestone | undefined;
    readonly attestations: readonly MilestoneAttestation[];
    /** The vote cited, if any. */
    readonly proposalId: ProposalId | null;
    readonly proposal: Proposal | undefined;
    readonly parameters: Parameters;
    readonly now: Instant;
}

/** One whose money is its payee's. */
export type ReleasedMilestone = Milestone & { readonly released: NonNullable<Milestone['released']> };

/** The milestone's money goes to its payee. What was met late may be released until it is clawed back. */
export function releaseMilestone(facts: MilestoneRelease): ReleasedMilestone {
    const { programme, milestoneId, proposalId, now } = facts;
    const milestone = checkEscrowed(programme, milestoneId, facts.milestone);
    const evidenceHash = attestedEvidence(milestoneId, facts.attestations);
    checkVote(milestone, facts);
    return { ...milestone, released: { at: now, evidenceHash, proposalId } };
}

/** A milestone ends once, so its mandate is used once. */
function checkVote(
    { programmeId, milestoneId, amount }: Milestone,
    { proposalId, proposal, parameters: { milestoneVoteLimit: limit } }: MilestoneRelease,
): void {
    if (proposalId !== null) {
        checkMandate(
            proposal,
            proposalId,
            'release-milestone',
            (action) => action.programmeId === programmeId && action.milestoneId === milestoneId,
        );
    } else if (amount > limit) {
        refuse('MILESTONE_NEEDS_VOTE', { milestoneId, amount: amount.toString(), limit: limit.toString() });
    }
}

export interface MilestoneClawback {
    readonly intent: ClawBackIntent;
    readonly programme: Programme;
    readonly milestone: Milestone | undefined;
    readonly now: Instant;
}

/** What was not released by its deadline goes back to the opener on its own word; guards in the documented order. */
export function clawBackMilestone({ intent, programme, milestone, now }: MilestoneClawback): Milestone {
    const { wallet, milestoneId } = intent;
    checkNoNonce(intent);
    const { programmeId, opener } = programme;
    if (wallet !== opener) refuse('PROGRAMME_NOT_OPENER', { programmeId, opener });
    const escrowed = checkEscrowed(programme, milestoneId, milestone);
    const { deadline } = escrowed;
    if (now < deadline) refuse('MILESTONE_NOT_DUE', { milestoneId, deadline: deadline.toString() });
    return { ...escrowed, clawedBackAt: now };
}
