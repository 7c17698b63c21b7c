// SPDX-License-Identifier: Apache-2.0
import { type Decoded, freeText, integer, nullable, object, oneOf, text } from '../encoding/codec.js';
import { facilityId, holderId, participantId } from '../encoding/identifier.js';
import { instant, powerW } from '../encoding/quantityCodec.js';
import { day } from '../time/day.js';
import { intervalMinutes } from '../time/meteringInterval.js';
import { carrier } from './carrier.js';
import { country } from './energyEntity.js';

/** A place on the Earth. */
export const location = object({
    latitudeMilli: integer(-90_000, 90_000, 'thousandths of a degree, north positive'),
    longitudeMilli: integer(-180_000, 180_000, 'thousandths of a degree, east positive'),
});
export type Location = Decoded<typeof location>;

/**
 * Something that makes or stores energy. `generation`: a plant; `storage`: takes energy in and gives it back;
 * `aggregate`: a nation's whole production, which contains that of the entities inside it (Q07).
 */
const facilityType = oneOf(['generation', 'storage', 'aggregate']);
export type FacilityType = Decoded<typeof facilityType>;

/** What is told of a facility when it is registered; never changed: a rebuilt plant is another facility. */
export const facilityFacts = {
    facilityId,
    entityId: holderId,
    displayName: freeText(80, 1),
    type: facilityType,
    carrier,
    /** Most power it can give, in W. */
    nameplateW: powerW,
    country,
    /** Bidding zone (EIC). */
    zone: text(/^[A-Z0-9-]{16}$/, 'EIC code'),
    /** Where it stands, in thousandths of a degree: what tells day from night. Null for an aggregate. */
    location: nullable(location),
    intervalMinutes,
    commissionedOn: day,
} as const;

export const facility = object({
    ...facilityFacts,
    /** Its last day, once there is one. */
    retiredOn: nullable(day),
    registeredBy: participantId,
    registeredAt: instant,
});
export type Facility = Decoded<typeof facility>;
