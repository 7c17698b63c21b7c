// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    type Facility,
    type FacilityId,
    type HolderId,
    registerFacility,
} from '@power-currency/domain';
import { type Caller, participantOf } from './caller.js';
import { entityRef, facilityRef } from './energyRegistry.js';
import type { LedgerContext } from './ledgerContext.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

type Command = ArgumentsOf<'EnergyRegistry:RegisterFacility'>;

const entityFacilityRef = (entityId: HolderId, facilityId: FacilityId): StateRef<{ readonly facilityId: FacilityId }> =>
    refTo(tables.entityFacility, entityId, facilityId);

/** What {@link writeFacility} needs loaded. */
export function facilityRegistrationRefs({ entityId, facilityId }: Command): readonly StateRef[] {
    return [facilityRef(facilityId), entityRef(entityId), entityFacilityRef(entityId, facilityId)];
}

/** Registers the facility, lists it under its entity and remembers a nation's aggregate. */
export async function writeFacility(
    { session, now }: LedgerContext,
    command: Command,
    caller: Caller,
): Promise<Facility> {
    const { facilityId, entityId, type } = command;
    const entity = session.get(entityRef(entityId));
    // Which aggregate came before, the nation's record says: this rare case takes a second read.
    const former = type === 'aggregate' ? (entity?.aggregateId ?? null) : null;
    const facility = registerFacility({
        ...{ ...command, by: participantOf(caller).participantId, entity, now },
        existing: session.get(facilityRef(facilityId)),
        aggregate: former === null ? undefined : await session.read(facilityRef(former)),
    });
    session.put(facilityRef(facilityId), facility);
    session.put(entityFacilityRef(entityId, facilityId), { facilityId });
    if (entity !== undefined && type === 'aggregate') {
        session.put(entityRef(entityId), { ...entity, aggregateId: facilityId });
    }
    return facility;
}
