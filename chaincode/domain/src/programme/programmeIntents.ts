// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { type Decoded, freeText, list } from '../encoding/codec.js';
import { milestoneId, programmeId, walletId } from '../encoding/identifier.js';
import { positiveAmount } from '../encoding/quantityCodec.js';
import { intentOf } from '../wallet/intent.js';
import { attesterCount, milestoneCountMax, milestonePlan, programmeAsset } from './programmeRecords.js';

/** What a state or city signs to put a budget into escrow. */
export const openProgrammeIntent = intentOf('open-programme', {
    programmeId,
    asset: programmeAsset,
    budget: positiveAmount,
    purpose: freeText(200, 1),
    attesters: list(walletId, attesterCount, attesterCount),
    milestones: list(milestonePlan, milestoneCountMax, 1),
});
export type OpenProgrammeIntent = Decoded<typeof openProgrammeIntent>;

/** What an attester signs when the evidence, by its SHA-256 digest, meets the milestone. */
export const attestMilestoneIntent = intentOf('attest-milestone', { programmeId, milestoneId, evidenceHash: digest });
export type AttestMilestoneIntent = Decoded<typeof attestMilestoneIntent>;

/** What the opener signs to take back the money of a milestone that was not met in time. */
export const clawBackIntent = intentOf('claw-back-milestone', { programmeId, milestoneId });
export type ClawBackIntent = Decoded<typeof clawBackIntent>;
