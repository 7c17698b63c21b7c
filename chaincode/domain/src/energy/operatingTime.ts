// SPDX-License-Identifier: Apache-2.0
import type { FacilityId, ParticipantId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { type Day, dayOf } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import type { Facility } from './facility.js';

export interface FacilityRetirement {
    readonly facilityId: FacilityId;
    readonly existing: Facility | undefined;
    readonly by: ParticipantId;
    /** Its last day. */
    readonly retiredOn: Day;
    readonly now: Instant;
}

/** Ends a facility today or later: what was verified of days gone by stays true. */
export function retireFacility({ facilityId, existing, by, retiredOn, now }: FacilityRetirement): Facility {
    const facility = existing ?? refuse('FACILITY_NOT_FOUND', { facilityId });
    const { registeredBy, commissionedOn } = facility;
    if (by !== registeredBy) refuse('FACILITY_NOT_OWNED', { facilityId, participantId: registeredBy });
    if (facility.retiredOn !== null) refuse('FACILITY_RETIRED', { facilityId, retiredOn: facility.retiredOn });
    const today = dayOf(now);
    const earliest = commissionedOn > today ? commissionedOn : today;
    if (retiredOn < earliest) refuse('RETIREMENT_INVALID', { facilityId, retiredOn, earliest });
    return { ...facility, retiredOn };
}

/** Whether the facility was at work on this day, its first and last ones included. Throws FACILITY_NOT_OPERATING. */
export function checkOperating({ facilityId, commissionedOn, retiredOn }: Facility, day: Day): void {
    if (day >= commissionedOn && (retiredOn === null || day <= retiredOn)) return;
    refuse('FACILITY_NOT_OPERATING', { facilityId, day, commissionedOn, retiredOn });
}
