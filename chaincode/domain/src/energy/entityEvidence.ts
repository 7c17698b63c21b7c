// SPDX-License-Identifier: Apache-2.0
import type { HolderId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import type { EnergyEntity, EntityEvidence, EntityKind, EvidenceKind } from './energyEntity.js';

/** What each kind of entity has to prove (KD-026, KD-027, KD-028). */
export const requiredEvidence: Readonly<Record<EntityKind, readonly EvidenceKind[]>> = {
    nation: ['treaty-ratification', 'national-authority'],
    cooperative: ['legal-registration', 'authority-approval'],
    producer: ['regulatory-compliance', 'audit-certification', 'insurance-bond'],
};

interface Evidenced {
    readonly entityId: HolderId;
    readonly kind: EntityKind;
    readonly evidence: readonly EntityEvidence[];
}

/** One document of each kind the entity needs, none of another. Throws EVIDENCE_NOT_NEEDED or EVIDENCE_MISSING. */
export function checkEvidenceComplete({ entityId, kind, evidence }: Evidenced): void {
    const needed = requiredEvidence[kind];
    const kinds = evidence.map((document) => document.kind);
    const surplus = kinds.find((given, index) => !needed.includes(given) || kinds.indexOf(given) !== index);
    if (surplus !== undefined) refuse('EVIDENCE_NOT_NEEDED', { entityId, evidence: surplus });
    const missing = needed.find((wanted) => !kinds.includes(wanted));
    if (missing !== undefined) refuse('EVIDENCE_MISSING', { entityId, evidence: missing });
}

/** The first document whose time is over. */
export function expiredEvidence(
    { evidence }: Pick<EnergyEntity, 'evidence'>,
    now: Instant,
): EntityEvidence | undefined {
    return evidence.find(({ expiresAt }) => expiresAt <= now);
}

/** Throws EVIDENCE_EXPIRED naming the first document whose time is over. */
export function checkEvidenceCurrent(entity: Evidenced, now: Instant): void {
    const expired = expiredEvidence(entity, now);
    if (expired === undefined) return;
    const { kind, expiresAt } = expired;
    refuse('EVIDENCE_EXPIRED', { entityId: entity.entityId, evidence: kind, expiresAt: expiresAt.toString() });
}
