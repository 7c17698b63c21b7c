// SPDX-License-Identifier: Apache-2.0
import {
    type AcceptedReport,
    type DeviationHistory,
    type Facility,
    type Measurement,
    type OpenFlag,
    type ReconciliationBasis,
    refuse,
    type ReportPlace,
    type Review,
    type SourceDeviations,
    type SourceHead,
    type SourceId,
    type Vintage,
} from '@power-currency/domain';
import { parametersOf, plausibilityRulesOf } from './basis.js';
import { accountRefs, type MeasuredPeriod, yearRefs } from './energyAccounts.js';
import { facilityOf, facilityRef, standingRefs } from './energyRegistry.js';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { isPresent } from './present.js';
import { refTo, type StateRef } from './stateTable.js';
import { parametersRef, plausibilityRulesRef, tables } from './tables.js';

/** Numbers in keys, so that they are in order. */
const numbered = (value: bigint | number): string => value.toString().padStart(10, '0');

export const measurementRef = ({ facilityId, period }: MeasuredPeriod): StateRef<Measurement> =>
    refTo(tables.measurement, facilityId, period);
export const vintageRef = ({ facilityId, period }: MeasuredPeriod, vintage: number): StateRef<Vintage> =>
    refTo(tables.vintage, facilityId, period, numbered(vintage));
export const reviewRef = ({ facilityId, period }: MeasuredPeriod, vintage: number): StateRef<Review> =>
    refTo(tables.review, facilityId, period, numbered(vintage));
export const openFlagRef = ({ facilityId, period }: MeasuredPeriod): StateRef<OpenFlag> =>
    refTo(tables.openFlag, facilityId, period);
export const sourceHeadRef = (sourceId: SourceId): StateRef<SourceHead> => refTo(tables.sourceHead, sourceId);
export const reportRef = ({ sourceId, sequence }: ReportPlace): StateRef<AcceptedReport> =>
    refTo(tables.sourceReport, sourceId, numbered(sequence));

const deviationsRef = ({ facilityId }: MeasuredPeriod, sourceId: SourceId): StateRef<SourceDeviations> =>
    refTo(tables.sourceDeviations, facilityId, sourceId);

/** What every transaction about a measured period reads first; {@link loadPeriod} reads the rest in one go. */
export function periodRefs(of: MeasuredPeriod): readonly StateRef[] {
    const [ofFacility, ofPeriod] = [facilityRef(of.facilityId), measurementRef(of)];
    return [ofFacility, ofPeriod, openFlagRef(of), ...yearRefs(of), parametersRef, plausibilityRulesRef];
}

/**
 * The period and its facility, and whatever a decision about them may need. {@link periodRefs} must have been loaded.
 * Throws FACILITY_NOT_FOUND or MEASUREMENT_NOT_FOUND.
 */
export async function loadPeriod(
    session: LedgerSession,
    of: MeasuredPeriod,
): Promise<{ readonly facility: Facility; readonly measurement: Measurement }> {
    const facility = facilityOf(session, of.facilityId);
    const measurement = measurementOf(session, of);
    const { vintage, reports, reconciled } = measurement;
    await session.load([
        ...standingRefs(facility.entityId),
        ...[vintageRef(of, vintage), vintageRef(of, vintage + 1), reviewRef(of, vintage)],
        ...[...reports, ...reconciled].map(reportRef),
        ...reports.map(({ sourceId }) => deviationsRef(of, sourceId)),
        ...accountRefs(session, facility, measurement),
    ]);
    return { facility, measurement };
}

/** The period, which must have been loaded. Throws MEASUREMENT_NOT_FOUND. */
export function measurementOf(session: LedgerSession, of: MeasuredPeriod): Measurement {
    const { facilityId, period } = of;
    return session.get(measurementRef(of)) ?? refuse('MEASUREMENT_NOT_FOUND', { facilityId, period });
}

/** The reports at these places, in their order; they must have been loaded. */
export function reportsAt(session: LedgerSession, places: readonly ReportPlace[]): readonly AcceptedReport[] {
    return places.map((place) => session.get(reportRef(place))).filter(isPresent);
}

/** What a reconciliation of the period depends on beside its reports; {@link loadPeriod} has loaded it. */
export function basisOf(
    { session, now }: LedgerContext,
    facility: Facility,
    measurement: Measurement,
): ReconciliationBasis {
    const history = new Map(
        measurement.reports.flatMap(({ sourceId }) => {
            const known = session.get(deviationsRef(measurement, sourceId));
            return known === undefined ? [] : [[sourceId, known] as const];
        }),
    );
    return { facility, parameters: parametersOf(session), rules: plausibilityRulesOf(session), history, now };
}

/** Keeps what is remembered of sources at a facility. */
export function remember(session: LedgerSession, of: MeasuredPeriod, history: DeviationHistory): void {
    for (const [sourceId, deviations] of history) session.put(deviationsRef(of, sourceId), deviations);
}
