// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { type Decoded, freeText, nullable, object, oneOf } from '../encoding/codec.js';
import { holderId, type HolderId, participantId, type ParticipantId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';

/**
 * What an entity may do on the ledger beside holding money: issue a private asset, exchange external money, provide
 * energy or services for vouchers, verify holders, or take part in annual issuance (KD-017).
 */
const credentialKinds = ['asset-issuer', 'dealer', 'provider', 'verifier', 'issuance'] as const;
export const credentialKind = oneOf(credentialKinds);
export type CredentialKind = (typeof credentialKinds)[number];

/** A holder's accreditation by a member. The evidence itself stays off the ledger. */
export const credential = object({
    holderId,
    kind: credentialKind,
    grantedBy: participantId,
    /** SHA-256 of what was examined: licence, contract, audit. */
    evidence: digest,
    grantedAt: instant,
    expiresAt: instant,
    revoked: nullable(object({ at: instant, reason: freeText(200) })),
});
export type Credential = Decoded<typeof credential>;

export interface CredentialGrant extends Pick<
    Credential,
    'holderId' | 'kind' | 'grantedBy' | 'evidence' | 'expiresAt'
> {
    readonly existing: Credential | undefined;
    readonly now: Instant;
}

/** A new credential, or the renewal of one by the member that granted it; one that has ended can be granted by anyone. */
export function grantCredential({ existing, now, ...facts }: CredentialGrant): Credential {
    const { holderId: holder, kind, grantedBy, expiresAt } = facts;
    if (expiresAt <= now) refuse('CREDENTIAL_EXPIRED', { holderId: holder, kind, expiresAt: expiresAt.toString() });
    const isRunning = existing?.revoked === null && existing.expiresAt > now;
    if (isRunning && existing.grantedBy !== grantedBy) {
        refuse('CREDENTIAL_NOT_OWNED', { holderId: holder, kind, grantedBy: existing.grantedBy });
    }
    return { ...facts, grantedAt: now, revoked: null };
}

export interface CredentialRevocation {
    readonly holderId: HolderId;
    readonly kind: CredentialKind;
    readonly revokedBy: ParticipantId;
    readonly reason: string;
    readonly existing: Credential | undefined;
    readonly now: Instant;
}

/** Ends a credential before its time. */
export function revokeCredential(facts: CredentialRevocation): Credential {
    const { holderId: holder, kind, revokedBy, reason, now } = facts;
    const found = facts.existing ?? refuse('CREDENTIAL_MISSING', { holderId: holder, kind });
    if (found.grantedBy !== revokedBy) {
        refuse('CREDENTIAL_NOT_OWNED', { holderId: holder, kind, grantedBy: found.grantedBy });
    }
    if (found.revoked !== null) refuse('CREDENTIAL_REVOKED', { holderId: holder, kind });
    return { ...found, revoked: { at: now, reason } };
}

/** Whether the holder has the credential now. Throws CREDENTIAL_MISSING, CREDENTIAL_REVOKED or CREDENTIAL_EXPIRED. */
export function checkCredential(
    holder: HolderId,
    kind: CredentialKind,
    found: Credential | undefined,
    now: Instant,
): Credential {
    if (found === undefined) refuse('CREDENTIAL_MISSING', { holderId: holder, kind });
    if (found.revoked !== null) refuse('CREDENTIAL_REVOKED', { holderId: holder, kind });
    if (found.expiresAt <= now) {
        refuse('CREDENTIAL_EXPIRED', { holderId: holder, kind, expiresAt: found.expiresAt.toString() });
    }
    return found;
}
