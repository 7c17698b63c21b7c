// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { type Codec, type Decoded, freeText, list, nullable, object, oneOf } from '../encoding/codec.js';
import { milestoneId, programmeId, proposalId, walletId } from '../encoding/identifier.js';
import { amount, instant, positiveAmount } from '../encoding/quantityCodec.js';
import type { AssetCode } from '../money/asset.js';

/** Most milestones of one programme. */
export const milestoneCountMax = 100;
/** Attesters of a programme, and how many of them have to agree on the evidence (PC-08). */
export const attesterCount = 3;
export const attestersRequired = 2;

/** States and cities pay in Power Credits or Treasury Notes (PC-30). */
export const programmeAsset = oneOf(['PC', 'TN']) as Codec<string> as Codec<AssetCode>;

/** What is to be paid for what: fixed when the programme is opened. */
export const milestonePlan = object({
    milestoneId,
    payee: walletId,
    amount: positiveAmount,
    /** What has to be shown for it. */
    evidence: freeText(500, 1),
    /** Until then the money waits for the payee; afterwards its opener may take back what was not released. */
    deadline: instant,
});
export type MilestonePlan = Decoded<typeof milestonePlan>;

const programmeFields = {
    programmeId,
    opener: walletId,
    asset: programmeAsset,
    budget: positiveAmount,
    purpose: freeText(200, 1),
    attesters: list(walletId, attesterCount, attesterCount),
    /** Who is paid for which. */
    milestones: list(object({ milestoneId, payee: walletId }), milestoneCountMax, 1),
    openedAt: instant,
} as const;

/** An infrastructure programme. Never changed: where its money is stands in the records of its milestones. */
export const programme = object(programmeFields);
export type Programme = Decoded<typeof programme>;

/** A milestone and its escrow: the money is in it until it is released or clawed back, whichever comes first. */
export const milestone = object({
    programmeId,
    milestoneId,
    payee: walletId,
    amount: positiveAmount,
    evidence: freeText(500, 1),
    deadline: instant,
    released: nullable(object({ at: instant, evidenceHash: digest, proposalId: nullable(proposalId) })),
    clawedBackAt: nullable(instant),
});
export type Milestone = Decoded<typeof milestone>;

/** One attester's word that this evidence meets the milestone, under a key of its own. */
export const milestoneAttestation = object({ attester: walletId, evidenceHash: digest, at: instant });
export type MilestoneAttestation = Decoded<typeof milestoneAttestation>;

/** Derived from the facts of a milestone, never stored. */
const milestoneStates = ['escrowed', 'released', 'clawed-back'] as const;
export type MilestoneState = (typeof milestoneStates)[number];

export const milestoneStatus = object({
    milestone,
    state: oneOf(milestoneStates),
    attestations: list(milestoneAttestation, attesterCount),
});
export type MilestoneStatus = Decoded<typeof milestoneStatus>;

/** A programme with where its budget is: the three add up to it. */
export const programmeProgress = object({
    ...programmeFields,
    released: amount,
    remaining: amount,
    clawedBack: amount,
});
export type ProgrammeProgress = Decoded<typeof programmeProgress>;
