// SPDX-License-Identifier: Apache-2.0
import type { HolderId, ParticipantId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { checkCredential, type Credential } from '../registry/credential.js';
import type { Instant } from '../time/ledgerClock.js';
import type { EnergyEntity, EntityEvidence, EntityRoster, EntityState } from './energyEntity.js';
import { checkEvidenceCurrent, requiredEvidence } from './entityEvidence.js';
import { checkParent, unlinkedEntity } from './roster.js';

type EntityStep = 'approve' | 'activate' | 'suspend' | 'reinstate' | 'revoke' | 'renew' | 'link';

/** From which states each step can be taken. No step leads out of `revoked`. */
const stepsFrom: Readonly<Record<EntityStep, readonly EntityState[]>> = {
    approve: ['applied'],
    activate: ['approved'],
    suspend: ['approved', 'active'],
    reinstate: ['suspended'],
    revoke: ['applied', 'suspended'],
    renew: ['applied', 'approved', 'active', 'suspended'],
    link: ['applied', 'approved', 'active', 'suspended'],
};

/** An entity as the ledger has it, and who decides about it. */
export interface EntityCase {
    readonly entityId: HolderId;
    readonly existing: EnergyEntity | undefined;
    readonly roster: EntityRoster;
    readonly by: ParticipantId;
    readonly now: Instant;
}

/** The sponsor's application holds, another member says: the entity takes its line of the roster. */
export function approveEntity(of: EntityCase): EnergyEntity {
    const entity = entityFor(of, 'approve');
    checkSecondOrganisation(entity.sponsor, of.by);
    checkEvidenceCurrent(entity, of.now);
    // A nation may have been approved since the application.
    checkParent(of.roster, entity);
    return { ...entity, state: 'approved', approvedBy: of.by, changedAt: of.now };
}

/** The entity counts from now on, while its documents and its credential are good. */
export function activateEntity(of: EntityCase, credential: Credential | undefined): EnergyEntity {
    return activated(of, entityFor(of, 'activate'), credential);
}

/** Any member stops an entity at once: nothing is lost, and members other than its sponsor can undo it. */
export function suspendEntity(of: EntityCase, reason: string): EnergyEntity {
    const entity = entityFor(of, 'suspend');
    return { ...entity, state: 'suspended', suspendedBy: of.by, reason, changedAt: of.now };
}

/** Ends a suspension; what activation asks for is asked again. Never by the sponsor alone. */
export function reinstateEntity(of: EntityCase, reason: string, credential: Credential | undefined): EnergyEntity {
    const entity = entityFor(of, 'reinstate');
    checkSecondOrganisation(entity.sponsor, of.by);
    return { ...activated(of, entity, credential), suspendedBy: null, reason };
}

/** For ever: the sponsor withdraws an application, or a second member confirms a suspension. */
export function revokeEntity(of: EntityCase, reason: string): EnergyEntity {
    const entity = entityFor(of, 'revoke');
    if (entity.suspendedBy === null) checkSponsor(entity, of.by);
    else checkSecondOrganisation(entity.suspendedBy, of.by);
    return { ...entity, state: 'revoked', reason, changedAt: of.now };
}

/** A new document in place of one that ends: examined by a member that does not sponsor the entity. */
export function renewEvidence(of: EntityCase, document: EntityEvidence): EnergyEntity {
    const entity = entityFor(of, 'renew');
    const { entityId, sponsor, kind } = entity;
    checkSecondOrganisation(sponsor, of.by);
    const needed = requiredEvidence[kind].includes(document.kind);
    if (!needed) refuse('EVIDENCE_NOT_NEEDED', { entityId, evidence: document.kind });
    checkEvidenceCurrent({ entityId, kind, evidence: [document] }, of.now);
    const evidence = entity.evidence.map((old) => (old.kind === document.kind ? document : old));
    return { ...entity, evidence, changedAt: of.now };
}

/** The sponsor says in which nation's aggregate the entity is, where that nation came later or is gone. */
export function linkEntity(of: EntityCase, parentId: HolderId | null): EnergyEntity {
    const entity = entityFor(of, 'link');
    checkSponsor(entity, of.by);
    const linked = { ...entity, parentId, changedAt: of.now };
    checkParent(of.roster, linked);
    return linked;
}

function activated(of: EntityCase, entity: EnergyEntity, credential: Credential | undefined): EnergyEntity {
    const { entityId, kind, country, sponsor } = entity;
    checkEvidenceCurrent(entity, of.now);
    const { grantedBy } = checkCredential(entityId, 'issuance', credential, of.now);
    checkSecondOrganisation(sponsor, grantedBy);
    const stranger = kind === 'nation' ? unlinkedEntity(of.roster, entity) : undefined;
    if (stranger !== undefined) refuse('NATION_UNLINKED', { nationId: entityId, country, entityId: stranger.entityId });
    return { ...entity, state: 'active', changedAt: of.now };
}

function entityFor({ entityId, existing }: EntityCase, step: EntityStep): EnergyEntity {
    const entity = existing ?? refuse('ENTITY_NOT_FOUND', { entityId });
    const { state } = entity;
    if (!stepsFrom[step].includes(state)) {
        refuse('ENTITY_NOT_IN_STATE', { entityId, state, needed: [...stepsFrom[step]] });
    }
    return entity;
}

function checkSponsor({ entityId, sponsor }: EnergyEntity, by: ParticipantId): void {
    if (by !== sponsor) refuse('ENTITY_NOT_OWNED', { entityId, sponsor });
}

function checkSecondOrganisation(first: ParticipantId, second: ParticipantId): void {
    if (first === second) refuse('SECOND_ORGANISATION_NEEDED', { participantId: first });
}
