// SPDX-License-Identifier: Apache-2.0
import { hex } from '../encoding/bytes.js';
import type { MilestoneId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import { checkNoNonce } from '../wallet/nonce.js';
import { milestoneState } from './progress.js';
import type { AttestMilestoneIntent } from './programmeIntents.js';
import { attestersRequired, type Milestone, type MilestoneAttestation, type Programme } from './programmeRecords.js';

export interface MilestoneAttesting {
    readonly intent: AttestMilestoneIntent;
    readonly programme: Programme;
    readonly milestone: Milestone | undefined;
    readonly existing: MilestoneAttestation | undefined;
    readonly now: Instant;
}

/** One attester's one word on a milestone; guards in the documented order. */
export function attestMilestone(facts: MilestoneAttesting): MilestoneAttestation {
    const { intent, programme, existing, now } = facts;
    const { wallet: attester, milestoneId, evidenceHash } = intent;
    checkNoNonce(intent);
    if (!programme.attesters.includes(attester)) {
        refuse('ATTESTER_NOT_NAMED', { programmeId: programme.programmeId, walletId: attester });
    }
    checkEscrowed(programme, milestoneId, facts.milestone);
    if (existing !== undefined) refuse('MILESTONE_ATTESTED_ALREADY', { milestoneId, attester });
    return { attester, evidenceHash, at: now };
}

/** The evidence that enough attesters agree on. Throws MILESTONE_EVIDENCE_INSUFFICIENT. */
export function attestedEvidence(milestoneId: MilestoneId, attestations: readonly MilestoneAttestation[]): Uint8Array {
    const counts = new Map<string, number>();
    for (const { evidenceHash } of attestations)
        counts.set(hex(evidenceHash), (counts.get(hex(evidenceHash)) ?? 0) + 1);
    const agreed = attestations.find(({ evidenceHash }) => (counts.get(hex(evidenceHash)) ?? 0) >= attestersRequired);
    if (agreed === undefined) {
        const agreeing = Math.max(0, ...counts.values());
        refuse('MILESTONE_EVIDENCE_INSUFFICIENT', { milestoneId, agreeing, required: attestersRequired });
    }
    return agreed.evidenceHash;
}

/** The milestone, if its money is still in it. Throws MILESTONE_NOT_FOUND or MILESTONE_ENDED. */
export function checkEscrowed(
    { programmeId }: Programme,
    milestoneId: MilestoneId,
    found: Milestone | undefined,
): Milestone {
    const milestone = found ?? refuse('MILESTONE_NOT_FOUND', { programmeId, milestoneId });
    const state = milestoneState(milestone);
    if (state !== 'escrowed') refuse('MILESTONE_ENDED', { milestoneId, state });
    return milestone;
}
