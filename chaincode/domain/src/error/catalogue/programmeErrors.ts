// SPDX-License-Identifier: Apache-2.0

/** Refusals about Treasury Notes and infrastructure programmes. */
export interface ProgrammeErrors {
    TREASURY_PROGRAMME_ISSUED: { proposalId: string };
    PROGRAMME_OPENER_NOT_ALLOWED: { walletId: string; type: string };
    PROGRAMME_EXISTS: { programmeId: string };
    PROGRAMME_NOT_FOUND: { programmeId: string };
    PROGRAMME_BUDGET_MISMATCH: { budget: string; milestones: string };
    PROGRAMME_NOT_OPENER: { programmeId: string; opener: string };
    ATTESTERS_NOT_INDEPENDENT: { reason: string };
    ATTESTER_NOT_NAMED: { programmeId: string; walletId: string };
    MILESTONE_REPEATED: { milestoneId: string };
    MILESTONE_DEADLINE_PAST: { milestoneId: string; deadline: string; now: string };
    MILESTONE_NOT_FOUND: { programmeId: string; milestoneId: string };
    MILESTONE_ENDED: { milestoneId: string; state: string };
    MILESTONE_ATTESTED_ALREADY: { milestoneId: string; attester: string };
    MILESTONE_EVIDENCE_INSUFFICIENT: { milestoneId: string; agreeing: number; required: number };
    MILESTONE_NEEDS_VOTE: { milestoneId: string; amount: string; limit: string };
    MILESTONE_NOT_DUE: { milestoneId: string; deadline: string };
}

export const programmeErrors: Readonly<Record<keyof ProgrammeErrors, string>> = {
    TREASURY_PROGRAMME_ISSUED: 'The notes of this vote are issued already. Another issue needs another vote.',
    PROGRAMME_OPENER_NOT_ALLOWED: 'Wallets of this type open no programmes. Open it from a sovereign wallet.',
    PROGRAMME_EXISTS: 'A programme has this id already. Choose another id.',
    PROGRAMME_NOT_FOUND: 'No programme has this id. Look at the list of programmes.',
    PROGRAMME_BUDGET_MISMATCH: 'The milestones do not add up to the budget. Correct one of them.',
    PROGRAMME_NOT_OPENER: 'Only the wallet that opened the programme takes money back from it.',
    ATTESTERS_NOT_INDEPENDENT: 'Attesters are three holders with keys of their own, and none is paid by the programme.',
    ATTESTER_NOT_NAMED: "The wallet is none of the programme's attesters. One of those has to sign.",
    MILESTONE_REPEATED: 'The list names the same milestone twice. Give each an id of its own.',
    MILESTONE_DEADLINE_PAST: "The milestone's deadline has passed already. Choose a later one.",
    MILESTONE_NOT_FOUND: 'The programme has no milestone of this id. Look at its list of milestones.',
    MILESTONE_ENDED: "The milestone's money was released or clawed back already. Nothing is left to do.",
    MILESTONE_ATTESTED_ALREADY: 'The attester has attested this milestone. An attestation is final.',
    MILESTONE_EVIDENCE_INSUFFICIENT: 'Fewer than two attesters agree on one evidence hash. Wait for another.',
    MILESTONE_NEEDS_VOTE: 'The amount is above the limit for a release without a vote. Cite an executed one.',
    MILESTONE_NOT_DUE: 'The deadline has not passed: until then the money waits for the payee. Try later.',
};
