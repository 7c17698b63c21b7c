// SPDX-License-Identifier: Apache-2.0
import type { ParticipantId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Holder } from '../compliance/holder.js';
import type { Instant } from '../time/ledgerClock.js';
import type { EnergyEntity, EntityRoster } from './energyEntity.js';
import { checkEvidenceComplete, checkEvidenceCurrent } from './entityEvidence.js';
import { checkParent } from './roster.js';

export interface EntityApplication extends Pick<
    EnergyEntity,
    'entityId' | 'kind' | 'displayName' | 'country' | 'parentId' | 'evidence'
> {
    readonly sponsor: ParticipantId;
    /** Whose wallets are the entity's. */
    readonly holder: Holder | undefined;
    readonly existing: EnergyEntity | undefined;
    readonly roster: EntityRoster;
    readonly now: Instant;
}

/** The entity, which counts for nothing yet and takes no line of the roster; guards in the documented order. */
export function applyEntity(application: EntityApplication): EnergyEntity {
    const { holder, existing, roster, now, ...facts } = application;
    const { entityId, sponsor } = facts;
    if (existing !== undefined) refuse('ENTITY_EXISTS', { entityId });
    // Whoever opened the wallets first would otherwise be paid what the entity is allocated.
    if (holder === undefined) refuse('HOLDER_NOT_FOUND', { holderId: entityId });
    const { custodian } = holder;
    if (custodian !== sponsor) refuse('HOLDER_NOT_CUSTODIAN', { holderId: entityId, custodian });
    checkParent(roster, facts);
    checkEvidenceComplete(facts);
    checkEvidenceCurrent(facts, now);
    return {
        ...facts,
        ...{ state: 'applied', approvedBy: null, suspendedBy: null, aggregateId: null, reason: '' },
        ...{ appliedAt: now, changedAt: now },
    };
}
