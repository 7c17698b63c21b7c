// SPDX-License-Identifier: Apache-2.0
import { checkOperating } from '../energy/operatingTime.js';
import type { Facility } from '../energy/facility.js';
import { dayOf } from '../time/day.js';
import { endOfPeriod, type Period, startOfPeriod } from '../time/period.js';

/** Whether the facility was at work on some day of the period. Throws FACILITY_NOT_OPERATING. */
export function checkOperatingIn(facility: Facility, period: Period): void {
    const [first, last] = [dayOf(startOfPeriod(period)), dayOf(endOfPeriod(period) - 1n)];
    const { commissionedOn } = facility;
    checkOperating(facility, commissionedOn > first && commissionedOn <= last ? commissionedOn : first);
}
