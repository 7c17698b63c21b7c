// SPDX-License-Identifier: Apache-2.0
import { digest } from '../../encoding/byteCodec.js';
import { list, nullable, object } from '../../encoding/codec.js';
import { creditId, milestoneId, programmeId, proposalId, walletId } from '../../encoding/identifier.js';
import { amount, count, positiveAmount } from '../../encoding/quantityCodec.js';
import { attesterCount, milestoneCountMax, programmeAsset } from '../../programme/programmeRecords.js';

export const programmeEvents = {
    NotesIssued: object({ proposalId, programmeId, to: walletId, amount: positiveAmount, creditId, issued: amount }),
    NotesRetired: object({ walletId, amount: positiveAmount, nonce: count, redeemed: amount }),
    ProgrammeOpened: object({
        programmeId,
        opener: walletId,
        asset: programmeAsset,
        budget: positiveAmount,
        attesters: list(walletId, attesterCount, attesterCount),
        milestoneIds: list(milestoneId, milestoneCountMax, 1),
        nonce: count,
    }),
    MilestoneAttested: object({ programmeId, milestoneId, attester: walletId, evidenceHash: digest }),
    MilestoneReleased: object({
        programmeId,
        milestoneId,
        asset: programmeAsset,
        to: walletId,
        amount: positiveAmount,
        evidenceHash: digest,
        proposalId: nullable(proposalId),
        creditId,
    }),
    MilestoneClawedBack: object({
        programmeId,
        milestoneId,
        asset: programmeAsset,
        to: walletId,
        amount: positiveAmount,
        creditId,
    }),
} as const;
