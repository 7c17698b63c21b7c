// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { type Decoded, freeText, integer, list, nullable, object, oneOf, text } from '../encoding/codec.js';
import { facilityId, holderId, participantId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';

/** KD-026, KD-027, KD-028. */
export const entityKind = oneOf(['nation', 'cooperative', 'producer']);
export type EntityKind = Decoded<typeof entityKind>;

/** What the kinds have to prove; which kind needs which is the registry's table. */
export const evidenceKinds = [
    'treaty-ratification',
    'national-authority',
    'legal-registration',
    'authority-approval',
    'regulatory-compliance',
    'audit-certification',
    'insurance-bond',
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];
const evidenceKind = oneOf<EvidenceKind>(evidenceKinds);

/** One document that was examined: its SHA-256, who issued it, and until when it is good (exclusive). */
export const evidenceFacts = { kind: evidenceKind, digest, issuer: freeText(80, 1), expiresAt: instant } as const;
export const entityEvidence = object(evidenceFacts);
export type EntityEvidence = Decoded<typeof entityEvidence>;

/** Two-letter country code (ISO 3166-1 alpha-2). */
export const country = text(/^[A-Z]{2}$/, 'two-letter country code');

const entityState = oneOf(['applied', 'approved', 'active', 'suspended', 'revoked']);
export type EntityState = Decoded<typeof entityState>;

/**
 * A sovereign nation, citizen cooperative or licensed producer (KD-016, KD-018). Its id is that of a holder, so that the
 * wallets of that holder are the entity's. `parentId` is the nation whose aggregate contains it (Q07).
 */
export const energyEntity = object({
    entityId: holderId,
    kind: entityKind,
    displayName: freeText(80, 1),
    country,
    parentId: nullable(holderId),
    evidence: list(entityEvidence, 8),
    state: entityState,
    /** The member that brought the application in; another one approves it. */
    sponsor: participantId,
    approvedBy: nullable(participantId),
    /** Who suspended it; another member revokes it. Kept once it is revoked. */
    suspendedBy: nullable(participantId),
    /** A nation's latest facility of type `aggregate`. */
    aggregateId: nullable(facilityId),
    /** Of the last suspension, reinstatement or revocation. */
    reason: freeText(200),
    appliedAt: instant,
    changedAt: instant,
});
export type EnergyEntity = Decoded<typeof energyEntity>;

/** One line of the roster. */
const rosterEntry = object({
    entityId: holderId,
    kind: entityKind,
    country,
    parentId: nullable(holderId),
    state: entityState,
});
/** Most entities one ledger ever approves. */
export const entityCountMax = 500;
/**
 * Every entity that was ever approved, in order of their ids, so that an annual issuance can leave none out: a range scan
 * could not be trusted to. Applications are not in it: one member alone could fill it with them.
 */
export const entityRoster = object({ entries: list(rosterEntry, entityCountMax), changeCount: integer(0, 2 ** 31) });
export type EntityRoster = Decoded<typeof entityRoster>;
