// SPDX-License-Identifier: Apache-2.0
import {
    type Credential,
    type DomainEvent,
    emptyRoster,
    type EnergyEntity,
    type EnergySource,
    countsNow,
    type EntityCase,
    type EntityRoster,
    type Facility,
    type FacilityId,
    type HolderId,
    refuse,
    type SourceId,
    type Standing,
    withEntity,
} from '@power-currency/domain';
import { type Caller, participantOf } from './caller.js';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { refTo, type StateRef } from './stateTable.js';
import { rosterRef, tables } from './tables.js';

export const entityRef = (entityId: HolderId): StateRef<EnergyEntity> => refTo(tables.energyEntity, entityId);
export const facilityRef = (facilityId: FacilityId): StateRef<Facility> => refTo(tables.facility, facilityId);
export const sourceRef = (sourceId: SourceId): StateRef<EnergySource> => refTo(tables.energySource, sourceId);
const issuanceRef = (entityId: HolderId): StateRef<Credential> => refTo(tables.credential, entityId, 'issuance');

/** What {@link standingOf} and {@link checkActiveEntity} need loaded. */
export function standingRefs(entityId: HolderId): readonly StateRef[] {
    return [entityRef(entityId), issuanceRef(entityId)];
}

/** The facility, which must have been loaded. Throws FACILITY_NOT_FOUND. */
export function facilityOf(session: LedgerSession, facilityId: FacilityId): Facility {
    return session.get(facilityRef(facilityId)) ?? refuse('FACILITY_NOT_FOUND', { facilityId });
}

/** The entity, which must have been loaded. Throws ENTITY_NOT_FOUND. */
export function entityOf(session: LedgerSession, entityId: HolderId): EnergyEntity {
    return session.get(entityRef(entityId)) ?? refuse('ENTITY_NOT_FOUND', { entityId });
}

/** Whether the entity counts now, and if not, why. Throws ENTITY_NOT_FOUND. */
export function standingOf({ session, now }: LedgerContext, entityId: HolderId): Standing {
    return countsNow(entityOf(session, entityId), session.get(issuanceRef(entityId)), now);
}

/** The entity, if it counts now. Throws ENTITY_NOT_FOUND, or ENTITY_NOT_ACTIVE with the obstacle. */
export function checkActiveEntity(context: LedgerContext, entityId: HolderId): EnergyEntity {
    const entity = entityOf(context.session, entityId);
    const { obstacle } = standingOf(context, entityId);
    if (obstacle !== null) refuse('ENTITY_NOT_ACTIVE', { entityId, obstacle, reason: entity.reason });
    return entity;
}

/** Every entity that was ever approved; the roster must have been loaded. */
export function rosterOf(session: LedgerSession): EntityRoster {
    return session.get(rosterRef) ?? emptyRoster;
}

/** What a change of an entity reads. */
export function entityRefs({ entityId }: { readonly entityId: HolderId }): readonly StateRef[] {
    return [...standingRefs(entityId), rosterRef];
}

/** A member's decision about an entity: writes the entity as it becomes and, once it was approved, its line of the roster. */
export function decideEntity<C extends { readonly entityId: HolderId }>(
    context: LedgerContext,
    change: (of: EntityCase, command: C, credential: Credential | undefined) => EnergyEntity,
    event: (command: C, decided: Pick<EntityCase, 'entityId' | 'by'>) => DomainEvent,
): (command: C, caller: Caller) => { readonly result: EnergyEntity; readonly events: readonly DomainEvent[] } {
    return (command, caller) => {
        const { session, now } = context;
        const { entityId } = command;
        const by = participantOf(caller).participantId;
        const of = { entityId, existing: session.get(entityRef(entityId)), roster: rosterOf(session), by, now };
        const entity = change(of, command, session.get(issuanceRef(entityId)));
        session.put(entityRef(entityId), entity);
        // An application takes no line, so that one member alone cannot fill the roster.
        if (entity.approvedBy !== null) session.put(rosterRef, withEntity(of.roster, entity));
        return { result: entity, events: [event(command, { entityId, by })] };
    };
}
