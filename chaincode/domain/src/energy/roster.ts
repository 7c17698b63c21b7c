// SPDX-License-Identifier: Apache-2.0
import type { HolderId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { type EnergyEntity, entityCountMax, type EntityRoster } from './energyEntity.js';

type RosterEntry = EntityRoster['entries'][number];

export const emptyRoster: EntityRoster = { entries: [], changeCount: 0 };

/** The roster with the entity as it is now. Throws ENTITY_COUNT_EXCEEDED if it has no room for one more. */
export function withEntity({ entries, changeCount }: EntityRoster, entity: EnergyEntity): EntityRoster {
    const { entityId, kind, country, parentId, state } = entity;
    const others = entries.filter((entry) => entry.entityId !== entityId);
    if (others.length >= entityCountMax) refuse('ENTITY_COUNT_EXCEEDED', { entityId, entityCountMax });
    const after = others.findIndex((entry) => entry.entityId > entityId);
    const place = after < 0 ? others.length : after;
    const line: RosterEntry = { entityId, kind, country, parentId, state };
    return { entries: others.toSpliced(place, 0, line), changeCount: changeCount + 1 };
}

/** The nation of a country: there is one at most that was approved and not revoked. */
function nationOf({ entries }: EntityRoster, country: string): RosterEntry | undefined {
    return entries.find((entry) => entry.kind === 'nation' && entry.country === country && entry.state !== 'revoked');
}

/** An entity of the nation's country that does not name it, so that its production would count twice (Q07). */
export function unlinkedEntity({ entries }: EntityRoster, nation: EnergyEntity): RosterEntry | undefined {
    return entries.find(
        ({ kind, country, parentId, state }) =>
            kind !== 'nation' && country === nation.country && state !== 'revoked' && parentId !== nation.entityId,
    );
}

/**
 * The nation that contains the entity, checked against all there are: an entity of a country with a nation names it, and
 * a nation names none. Throws PARENT_NOT_ALLOWED, NATION_EXISTS, PARENT_INVALID or PARENT_MISSING.
 */
export function checkParent(
    roster: EntityRoster,
    { entityId, kind, country, parentId }: Pick<EnergyEntity, 'entityId' | 'kind' | 'country' | 'parentId'>,
): void {
    const nationId: HolderId | undefined = nationOf(roster, country)?.entityId;
    if (kind === 'nation') {
        if (parentId !== null) refuse('PARENT_NOT_ALLOWED', { entityId, parentId });
        if (nationId !== undefined) refuse('NATION_EXISTS', { country, nationId });
        return;
    }
    if (parentId === null && nationId !== undefined) refuse('PARENT_MISSING', { entityId, nationId });
    if (parentId !== null && parentId !== nationId) refuse('PARENT_INVALID', { entityId, parentId, country });
}
