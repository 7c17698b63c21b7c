// SPDX-License-Identifier: Apache-2.0
import { hex } from '../encoding/bytes.js';
import type { ParticipantId, SignerId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Quantity } from '../money/quantity.js';
import { checkPublicKey } from '../signature/ed25519Key.js';
import type { Instant } from '../time/ledgerClock.js';
import type { FoundingMember } from './founding.js';
import type { Participant, Signer } from './registryRecords.js';
import type { AttesterRole } from './role.js';

export interface ParticipantRegistration {
    readonly mspId: string;
    readonly participantId: ParticipantId;
    readonly displayName: string;
    readonly founder: FoundingMember;
    readonly existing: Participant | undefined;
    readonly now: Instant;
}

/** Guards in the documented order; everything but the display name comes from the founding agreement. */
export function registerParticipant(registration: ParticipantRegistration): Participant {
    const { mspId, participantId, displayName, founder, existing, now } = registration;
    if (founder.participantId !== participantId) {
        refuse('PARTICIPANT_ID_MISMATCH', { participantId, expected: founder.participantId });
    }
    if (existing !== undefined) refuse('PARTICIPANT_EXISTS', { participantId });
    return {
        participantId,
        mspId,
        displayName,
        attesterRole: founder.attesterRole,
        isIssuer: founder.isIssuer,
        isTreasury: founder.isTreasury,
        votingWeight: founder.votingWeight as Quantity<'count'>,
        registeredAt: now,
    };
}

export interface SignerRegistration {
    readonly participant: Participant;
    readonly signerId: SignerId;
    readonly role: AttesterRole;
    readonly publicKey: Uint8Array;
    readonly existing: Signer | undefined;
    /** Whether a signer or a source of energy reports has had this key. */
    readonly isKeyUsed: boolean;
    readonly now: Instant;
}

/** A participant registers keys only for the attester role the founding agreement gives it. */
export function registerSigner(registration: SignerRegistration): Signer {
    const { participant, signerId, role, publicKey, existing, isKeyUsed, now } = registration;
    const participantId = participant.participantId;
    if (participant.attesterRole !== role) refuse('SIGNER_ROLE_NOT_HELD', { participantId, role });
    checkPublicKey(publicKey);
    if (existing !== undefined) refuse('SIGNER_EXISTS', { signerId });
    if (isKeyUsed) refuse('KEY_ALREADY_USED', { publicKey: hex(publicKey) });
    return { signerId, participantId, role, publicKey, registeredAt: now, revokedAt: null };
}

/** Revocation is for good: the id and the key are never used again. */
export function revokeSigner(
    signerId: SignerId,
    signer: Signer | undefined,
    participantId: ParticipantId,
    now: Instant,
): Signer {
    if (signer === undefined) refuse('SIGNER_NOT_FOUND', { signerId });
    if (signer.participantId !== participantId) refuse('SIGNER_NOT_OWNED', { signerId, participantId });
    if (signer.revokedAt !== null) refuse('SIGNER_REVOKED', { signerId });
    return { ...signer, revokedAt: now };
}
