// SPDX-License-Identifier: Apache-2.0
import { fourEyesTransaction } from '../../compliance/approval.js';
import { tier } from '../../compliance/holder.js';
import { measure } from '../../compliance/restrictionRecords.js';
import { digest } from '../../encoding/byteCodec.js';
import { nullable, object, oneOf } from '../../encoding/codec.js';
import { holderId, participantId, proposalId, restrictionId } from '../../encoding/identifier.js';
import { instant } from '../../encoding/quantityCodec.js';

const restricted = { restrictionId, measure, expiresAt: instant, by: participantId } as const;
const approved = { commandDigest: digest, transaction: fourEyesTransaction, by: participantId } as const;

export const complianceEvents = {
    HolderVerified: object({ holderId, verifier: holderId, tier, expiresAt: instant }),
    RestrictionProposed: object(restricted),
    RestrictionConfirmed: object(restricted),
    RestrictionLifted: object({
        restrictionId,
        holderId,
        cause: oneOf(['withdrawn', 'lifted', 'appeal']),
        by: participantId,
        proposalId: nullable(proposalId),
    }),
    OperationProposed: object({ ...approved, expiresAt: instant }),
    OperationApproved: object(approved),
    OperationWithdrawn: object(approved),
    ApprovalUsed: object(approved),
} as const;
