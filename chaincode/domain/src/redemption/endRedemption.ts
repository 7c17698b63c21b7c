// SPDX-License-Identifier: Apache-2.0
import { type Decoded, oneOf } from '../encoding/codec.js';
import type { ParticipantId, WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { ErrorDetails } from '../error/errorDetails.js';
import type { Instant } from '../time/ledgerClock.js';
import { checkParty, checkState } from './redemptionGuards.js';
import type { disputeReason, Redemption } from './redemptionRecords.js';

/** The holder has got what was agreed, perhaps after a dispute. */
export function acceptDelivery(redemption: Redemption, by: WalletId, now: Instant): Redemption {
    checkParty(redemption, 'wallet', by);
    checkState(redemption, 'claimed', 'disputed');
    return { ...redemption, state: 'settled', endedAt: now };
}

/** The holder has not, and says so in time. */
export function disputeDelivery(
    redemption: Redemption,
    by: WalletId,
    reason: Decoded<typeof disputeReason>,
    now: Instant,
): Redemption {
    checkParty(redemption, 'wallet', by);
    checkState(redemption, 'claimed');
    const disputableUntil = disputeEnd(redemption);
    if (now >= disputableUntil) refuse('DISPUTE_TOO_LATE', windowOf(redemption, disputableUntil));
    return { ...redemption, state: 'disputed', dispute: { reason, disputedAt: now } };
}

/** The time to dispute has passed, and nobody did. */
export function settleUndisputed(redemption: Redemption, now: Instant): Redemption {
    checkState(redemption, 'claimed');
    const disputableUntil = disputeEnd(redemption);
    if (now < disputableUntil) refuse('DISPUTE_STILL_OPEN', windowOf(redemption, disputableUntil));
    return { ...redemption, state: 'settled', endedAt: now };
}

/** In whose favour a dispute ends. */
export const disputeOutcome = oneOf(['holder', 'provider']);

export interface DisputeResolution {
    readonly redemption: Redemption;
    readonly by: ParticipantId;
    readonly outcome: Decoded<typeof disputeOutcome>;
    readonly note: string;
    readonly now: Instant;
}

/** A member that keeps neither wallet decides a dispute. */
export function resolveDispute({ redemption, by, outcome, note, now }: DisputeResolution): Redemption {
    const { redemptionId, custodians } = redemption;
    checkState(redemption, 'disputed');
    if (custodians.holder === by || custodians.provider === by) {
        refuse('DISPUTE_NOT_NEUTRAL', { redemptionId, participantId: by });
    }
    const state = outcome === 'provider' ? 'settled' : 'returned';
    return { ...redemption, state, resolution: { by, note }, endedAt: now };
}

/** The holder no longer wants to wait for a voucher. */
export function cancelRedemption(redemption: Redemption, by: WalletId, now: Instant): Redemption {
    checkParty(redemption, 'wallet', by);
    checkState(redemption, 'queued');
    return { ...redemption, state: 'cancelled', endedAt: now };
}

/** Neither a voucher nor a delivery came in time. */
export function expireRedemption(redemption: Redemption, now: Instant): Redemption {
    const { redemptionId, expiresAt } = redemption;
    checkState(redemption, 'queued', 'issued');
    if (now < expiresAt) refuse('REDEMPTION_NOT_EXPIRED', { redemptionId, expiresAt: expiresAt.toString() });
    return { ...redemption, state: 'expired', endedAt: now };
}

function disputeEnd({ delivery }: Redemption): Instant {
    const reason = 'claimed without a delivery';
    return delivery?.disputableUntil ?? refuse('STATE_CORRUPT', { objectType: 'redemption', reason });
}

function windowOf({ redemptionId }: Redemption, disputableUntil: Instant): ErrorDetails['DISPUTE_TOO_LATE'] {
    return { redemptionId, disputableUntil: disputableUntil.toString() };
}
