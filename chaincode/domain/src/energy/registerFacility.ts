// SPDX-License-Identifier: Apache-2.0
import type { ParticipantId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import type { Carrier } from './carrier.js';
import type { EnergyEntity, EntityKind, EntityState } from './energyEntity.js';
import type { Facility, FacilityType } from './facility.js';

/** A nation is verified by its aggregate alone, the others facility by facility (KD-026, KD-027, KD-028). */
const typesOf: Readonly<Record<EntityKind, readonly FacilityType[]>> = {
    nation: ['aggregate'],
    cooperative: ['generation', 'storage'],
    producer: ['generation', 'storage'],
};

const storageCarriers: readonly Carrier[] = ['B10', 'B25'];

const mayTakeCarrier: Readonly<Record<FacilityType, (carrier: Carrier) => boolean>> = {
    generation: (carrier) => !storageCarriers.includes(carrier),
    storage: (carrier) => storageCarriers.includes(carrier),
    // A country's mix has no carrier of its own.
    aggregate: (carrier) => carrier === 'B20',
};

const statesWithFacilities: readonly EntityState[] = ['approved', 'active'];

export interface FacilityRegistration extends Omit<Facility, 'retiredOn' | 'registeredBy' | 'registeredAt'> {
    readonly by: ParticipantId;
    readonly entity: EnergyEntity | undefined;
    readonly existing: Facility | undefined;
    /** The entity's latest aggregate. */
    readonly aggregate: Facility | undefined;
    readonly now: Instant;
}

/** A facility of an entity, registered by the entity's sponsor; guards in the documented order. */
export function registerFacility(registration: FacilityRegistration): Facility {
    const { by, entity, existing, now } = registration;
    const { facilityId, entityId, displayName, type, carrier, nameplateW } = registration;
    const { zone, location, intervalMinutes, commissionedOn } = registration;
    if (existing !== undefined) refuse('FACILITY_EXISTS', { facilityId });
    if (entity === undefined) refuse('ENTITY_NOT_FOUND', { entityId });
    const { kind, sponsor, state, country } = entity;
    if (by !== sponsor) refuse('ENTITY_NOT_OWNED', { entityId, sponsor });
    if (!statesWithFacilities.includes(state)) {
        refuse('ENTITY_NOT_IN_STATE', { entityId, state, needed: [...statesWithFacilities] });
    }
    if (!typesOf[kind].includes(type)) {
        refuse('FACILITY_TYPE_NOT_ALLOWED', { facilityId, type, kind, needed: [...typesOf[kind]] });
    }
    if (!mayTakeCarrier[type](carrier)) {
        refuse('FACILITY_CARRIER_NOT_ALLOWED', { facilityId, type, carrier });
    }
    if (registration.country !== country) {
        refuse('FACILITY_COUNTRY_MISMATCH', { facilityId, country: registration.country, entityId });
    }
    if ((location === null) !== (type === 'aggregate')) refuse('FACILITY_LOCATION_INVALID', { facilityId, type });
    if (type === 'aggregate') checkOneAggregate(registration);
    return {
        ...{ facilityId, entityId, displayName, type, carrier, nameplateW },
        ...{ country, zone, location, intervalMinutes, commissionedOn },
        ...{ retiredOn: null, registeredBy: by, registeredAt: now },
    };
}

/** A nation's aggregate follows the one before: no day is in two. */
function checkOneAggregate({ entityId, aggregate, commissionedOn }: FacilityRegistration): void {
    if (aggregate === undefined) return;
    const { facilityId, retiredOn } = aggregate;
    if (retiredOn !== null && commissionedOn > retiredOn) return;
    refuse('AGGREGATE_EXISTS', { entityId, facilityId });
}
