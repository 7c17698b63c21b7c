// SPDX-License-Identifier: Apache-2.0
import {
    type AcceptedReport,
    certifiableEnergy,
    countEnergy,
    countingYear,
    type Day,
    type DomainEvent,
    type EnergyWh,
    type EntityYear,
    type Facility,
    type FacilityYear,
    granularityOf,
    type HolderId,
    type IntervalEnergy,
    type IntervalStart,
    intervalsOfDay,
    type FacilityId,
    type Measurement,
    type Period,
    type WithheldEnergy,
    yearOf,
} from '@power-currency/domain';
import type { LedgerSession } from './ledgerSession.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables, closedYearsRef } from './tables.js';

/** A facility's period. */
export interface MeasuredPeriod {
    readonly facilityId: FacilityId;
    readonly period: Period;
}

/** What a period turned out to be: its energy, or that it is not known while it is flagged. */
interface PeriodOutcome {
    readonly facility: Facility;
    readonly measurement: Measurement;
    /** What counts from now on; 0 unless the period is verified. */
    readonly countedWh: EnergyWh;
    /** Whether there may be energy that is not counted: a flagged period keeps its place until somebody has decided. */
    readonly isPending: boolean;
    /** The reports the energy was estimated from: those of devices say when it was made. */
    readonly reports: readonly AcceptedReport[];
}

export const facilityYearRef = ({ facilityId, period }: MeasuredPeriod): StateRef<FacilityYear> =>
    refTo(tables.facilityYear, facilityId, String(yearOf(period)));
export const entityYearRef = (entityId: HolderId, year: number): StateRef<EntityYear> =>
    refTo(tables.entityYear, entityId, String(year));
const withheldRef = ({ facilityId }: MeasuredPeriod): StateRef<WithheldEnergy> =>
    refTo(tables.withheldEnergy, facilityId);
const intervalRef = ({ facilityId }: MeasuredPeriod, start: IntervalStart): StateRef<IntervalEnergy> =>
    refTo(tables.intervalEnergy, facilityId, start);

/** What {@link accountRefs} needs loaded, and what {@link accountFor} does beside it. */
export function yearRefs(of: MeasuredPeriod): readonly StateRef[] {
    return [closedYearsRef, facilityYearRef(of), withheldRef(of)];
}

/** What else {@link accountFor} needs loaded: the entity's year, and the day's intervals. */
export function accountRefs(session: LedgerSession, facility: Facility, of: MeasuredPeriod): readonly StateRef[] {
    const starts = intervalStartsOf(facility, of);
    const year = countingYear(of.period, session.get(closedYearsRef));
    return [entityYearRef(facility.entityId, year), ...starts.map((start) => intervalRef(of, start))];
}

/** The metering intervals of a day; none of longer periods, nor of an aggregate: it is certified plant by plant. */
function intervalStartsOf({ type, intervalMinutes }: Facility, { period }: MeasuredPeriod): readonly IntervalStart[] {
    const isCertifiable = type !== 'aggregate' && granularityOf(period) === 'day';
    return isCertifiable ? intervalsOfDay(period as string as Day, intervalMinutes) : [];
}

/**
 * Brings every account of energy into line with what a period turned out to be, and returns the period as it counts now.
 * Throws PERIOD_GRANULARITY_MIXED or ENERGY_OVERFLOW.
 */
export function accountFor(
    session: LedgerSession,
    outcome: PeriodOutcome,
): { readonly measurement: Measurement; readonly events: readonly DomainEvent[] } {
    const events = countInYears(session, outcome);
    const withheldWh = settleIntervals(session, outcome);
    return { measurement: { ...outcome.measurement, countedWh: outcome.countedWh, withheldWh }, events };
}

/** What a storage gives back was counted when it was made. */
function countInYears(session: LedgerSession, outcome: PeriodOutcome): readonly DomainEvent[] {
    const { facility, measurement, countedWh } = outcome;
    const { countedWh: beforeWh, period, facilityId, vintage } = measurement;
    if (facility.type === 'storage' || countedWh === beforeWh) return [];
    const closed = session.get(closedYearsRef);
    const year = countingYear(period, closed);
    const { entityId } = facility;
    const [ofFacility, ofEntity] = [facilityYearRef(measurement), entityYearRef(entityId, year)];
    const accounts = countEnergy({
        ...{ facility, period, beforeWh, afterWh: countedWh, closed },
        ...{ facilityYear: session.get(ofFacility), entityYear: session.get(ofEntity) },
    });
    session.put(ofFacility, accounts.facilityYear);
    session.put(ofEntity, accounts.entityYear);
    const facts = { facilityId, entityId, period, vintage, year, countedWh };
    return [{ type: 'EnergyCounted', ...facts, deltaWh: countedWh - beforeWh }];
}

/** Brings the intervals of a day into line; returns what it changed in the energy withheld. */
function settleIntervals(session: LedgerSession, outcome: PeriodOutcome): bigint {
    const { facility, measurement, countedWh, isPending } = outcome;
    const { withheldWh: ownWh } = measurement;
    const starts = intervalStartsOf(facility, measurement);
    const existing = starts.map((start) => session.get(intervalRef(measurement, start)));
    const readings = deviceReadings(outcome.reports);
    const isMade = readings.length > 0 && countedWh > 0n;
    if (!isMade && existing.every((interval) => interval === undefined)) return ownWh;
    const { facilityId } = facility;
    const zero = 0n as EnergyWh;
    const intervals = starts.map(
        (start, index) => existing[index] ?? { facilityId, start, verifiedWh: zero, allocatedWh: zero },
    );
    const withheldWh = session.get(withheldRef(measurement))?.withheldWh ?? 0n;
    const settled = certifiableEnergy({
        ...{ intervals, ownWh, withheldWh, energyWh: isPending ? null : countedWh },
        weights: starts.map((_, index) => readings.reduce((sum, each) => sum + (each[index]?.energyWh ?? 0n), 0n)),
    });
    for (const interval of settled.intervals) session.put(intervalRef(measurement, interval.start), interval);
    // Days that withhold nothing leave the facility's one counter alone, so that they do not disturb each other.
    if (settled.withheldWh !== withheldWh) {
        session.put(withheldRef(measurement), { withheldWh: settled.withheldWh });
    }
    return settled.ownWh;
}

/** What the facility's devices measured, interval by interval. */
function deviceReadings(reports: readonly AcceptedReport[]): readonly AcceptedReport['report']['readings'][] {
    return reports.filter(({ report }) => report.kind === 'sensor').map(({ report }) => report.readings);
}
