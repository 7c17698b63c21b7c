// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { hex } from '../encoding/bytes.js';
import { type Decoded, nullable, object, oneOf } from '../encoding/codec.js';
import type { ParticipantId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';
import { refuse } from '../error/domainError.js';
import type { Money } from '../money/money.js';
import type { Instant } from '../time/ledgerClock.js';
import { checkSecondPerson, person, type Person } from './person.js';

/** Longest time an approval may wait to be used, in seconds: a week. */
const approvalSecondsMax = 604_800n;

/** What a member's staff does, rather than a holder's key or a vote, and what therefore takes four eyes when it is large. */
export const fourEyesTransaction = oneOf(['PowerCredit:Mint', 'Certificate:Reissue']);

/**
 * One operation that one person proposes and another of another organisation approves. It is known by the SHA-256 of
 * the transaction's name, a space and its whole canonical argument, request id included: nothing else can be done with
 * it, and it is done once.
 */
export const approval = object({
    transaction: fourEyesTransaction,
    commandDigest: digest,
    proposedBy: person,
    proposedAt: instant,
    expiresAt: instant,
    approvedBy: nullable(person),
    ended: nullable(object({ cause: oneOf(['used', 'withdrawn']), at: instant })),
});
export type Approval = Decoded<typeof approval>;

/** Derived from the facts and the time, never stored. */
export const approvalState = oneOf(['proposed', 'approved', 'expired', 'used', 'withdrawn']);
export type ApprovalState = Decoded<typeof approvalState>;

export function stateOfApproval({ ended, expiresAt, approvedBy }: Approval, now: Instant): ApprovalState {
    if (ended !== null) return ended.cause;
    if (now >= expiresAt) return 'expired';
    return approvedBy === null ? 'proposed' : 'approved';
}

export interface OperationDraft extends Pick<Approval, 'transaction' | 'commandDigest' | 'proposedBy' | 'expiresAt'> {
    readonly existing: Approval | undefined;
    readonly now: Instant;
}

/** Allows nothing yet. Throws APPROVAL_EXISTS or APPROVAL_EXPIRY_INVALID. */
export function proposeOperation({ existing, now, ...facts }: OperationDraft): Approval {
    const { commandDigest, expiresAt } = facts;
    if (existing !== undefined) refuse('APPROVAL_EXISTS', { commandDigest: hex(commandDigest) });
    const latest = now + approvalSecondsMax;
    if (expiresAt <= now || expiresAt > latest) {
        refuse('APPROVAL_EXPIRY_INVALID', { expiresAt: expiresAt.toString(), latest: latest.toString() });
    }
    return { ...facts, proposedAt: now, approvedBy: null, ended: null };
}

interface NamedApproval {
    readonly commandDigest: Uint8Array;
    readonly existing: Approval | undefined;
    readonly now: Instant;
}

/** The second pair of eyes. Throws APPROVAL_NOT_FOUND, APPROVAL_NOT_IN_STATE or what {@link checkSecondPerson} does. */
export function approveOperation(named: NamedApproval, by: Person): Approval {
    const found = approvalIn(['proposed'], named);
    checkSecondPerson(found.proposedBy, by);
    return { ...found, approvedBy: by };
}

/** Taken back by the organisation that proposed it. Throws also APPROVAL_NOT_OWNED. */
export function withdrawOperation(named: NamedApproval, by: ParticipantId): Approval {
    const found = approvalIn(['proposed', 'approved'], named);
    const { participantId } = found.proposedBy;
    if (participantId !== by) refuse('APPROVAL_NOT_OWNED', { commandDigest: hex(named.commandDigest), participantId });
    return { ...found, ended: { cause: 'withdrawn', at: named.now } };
}

/** An operation about to be carried out, with what was proposed of exactly this. */
export interface Operation extends NamedApproval {
    readonly amount: Money;
    /** Above it, an approval is needed; 0 is no limit. */
    readonly limit: Money;
}

/** The approval as used up, or undefined where none is needed. Throws APPROVAL_NOT_FOUND or APPROVAL_NOT_IN_STATE. */
export function useApproval({ amount, limit, ...named }: Operation): Approval | undefined {
    if (limit === 0n || amount <= limit) return undefined;
    return takeApproval(named);
}

/** The approval as used up, of what always takes two. Throws APPROVAL_NOT_FOUND or APPROVAL_NOT_IN_STATE. */
export function takeApproval(named: NamedApproval): Approval {
    return { ...approvalIn(['approved'], named), ended: { cause: 'used', at: named.now } };
}

function approvalIn(states: readonly ApprovalState[], { commandDigest, existing, now }: NamedApproval): Approval {
    const found = existing ?? refuse('APPROVAL_NOT_FOUND', { commandDigest: hex(commandDigest) });
    const state = stateOfApproval(found, now);
    if (!states.includes(state)) {
        refuse('APPROVAL_NOT_IN_STATE', { commandDigest: hex(commandDigest), state, needed: [...states] });
    }
    return found;
}
