// SPDX-License-Identifier: Apache-2.0
import { treeDigest } from '../../encoding/byteCodec.js';
import { integer, list, object } from '../../encoding/codec.js';
import { creditId, holderId, participantId, proposalId, signerId, walletId } from '../../encoding/identifier.js';
import { amount, energyWh, positiveAmount } from '../../encoding/quantityCodec.js';
import { entityCountMax } from '../../energy/energyEntity.js';
import { issuanceName } from '../../growth/growthRecords.js';
import { attesterRole } from '../../registry/role.js';
import { year } from '../../time/period.js';

export const growthEvents = {
    YearConfirmed: object({ year, participantId, role: attesterRole, totalWh: energyWh, merkleRoot: treeDigest }),
    YearClosed: object({
        year,
        totalWh: energyWh,
        entityCount: integer(0, entityCountMax),
        merkleRoot: treeDigest,
    }),
    AnchorSigned: object({ year, signerId, role: attesterRole, merkleRoot: treeDigest }),
    GrowthAdjusted: object({ year, proposalId }),
    GrowthIssued: object({
        issuance: issuanceName,
        minted: amount,
        contractionCarry: amount,
        issued: amount,
        allocations: list(object({ entityId: holderId, amount: positiveAmount }), entityCountMax),
    }),
    IssuanceClaimed: object({
        issuance: issuanceName,
        entityId: holderId,
        to: walletId,
        amount: positiveAmount,
        creditId,
    }),
} as const;
