// SPDX-License-Identifier: Apache-2.0
import {
    type DomainEvent,
    type EnergyWh,
    type Facility,
    type Measurement,
    nextHistory,
    readingOf,
    reconcile,
    refuse,
    type Review,
    type ReviewOutcome,
    type SourceId,
    type Vintage,
} from '@power-currency/domain';
import { accountFor, type MeasuredPeriod } from './energyAccounts.js';
import { checkActiveEntity } from './energyRegistry.js';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import {
    basisOf,
    loadPeriod,
    measurementRef,
    openFlagRef,
    remember,
    reportsAt,
    reviewRef,
    vintageRef,
} from './measurements.js';

interface OpenReview {
    readonly facility: Facility;
    readonly measurement: Measurement;
    readonly review: Review;
    readonly vintage: Vintage;
}

/** The period that is under review. Throws FACILITY_NOT_FOUND, MEASUREMENT_NOT_FOUND or MEASUREMENT_NOT_UNDER_REVIEW. */
export async function openReviewOf(session: LedgerSession, of: MeasuredPeriod): Promise<OpenReview> {
    const { facility, measurement } = await loadPeriod(session, of);
    const review = session.get(reviewRef(of, measurement.vintage));
    const vintage = session.get(vintageRef(of, measurement.vintage));
    const { facilityId, period, state } = measurement;
    if (state !== 'under-review' || review === undefined || vintage === undefined) {
        return refuse('MEASUREMENT_NOT_UNDER_REVIEW', { facilityId, period, state });
    }
    return { facility, measurement, review, vintage };
}

/** What ended a review, and without which sources the energy is to be estimated. */
interface Ending {
    readonly verdict: ReviewOutcome['verdict'];
    readonly withoutSources: readonly SourceId[];
}

/** Ends a review: cleared energy counts from now on, other energy does not. */
export function endReview(
    context: LedgerContext,
    { facility, measurement, review, vintage }: OpenReview,
    { verdict, withoutSources }: Ending,
): { readonly review: Review; readonly events: readonly DomainEvent[] } {
    const { session, now } = context;
    const isCleared = verdict === 'verify';
    if (isCleared) checkActiveEntity(context, facility.entityId);
    const kept = vintage.readings.filter(({ sourceId }) => !withoutSources.includes(sourceId));
    const reports = reportsAt(session, kept);
    const { facilityId, period } = review;
    const basis = basisOf(context, facility, measurement);
    // Whoever was found to be wrong is no measure for the others.
    if (isCleared) remember(session, measurement, nextHistory(measurement, reports, basis));
    const { parameters, rules } = basis;
    const cleared = { facility, period, parameters, rules, readings: reports.map(readingOf) };
    const reconciliation = isCleared ? reconcile(cleared) : null;
    const estimateWh = reconciliation?.estimateWh ?? (0n as EnergyWh);
    const accounted = accountFor(session, {
        ...{ facility, reports, isPending: false, countedWh: estimateWh },
        measurement: { ...measurement, state: isCleared ? 'verified' : 'rejected' },
    });
    const ended: Review = { ...review, outcome: { verdict, reconciliation, endedAt: now } };
    session.put(reviewRef(measurement, vintage.vintage), ended);
    session.put(measurementRef(measurement), accounted.measurement);
    session.delete(openFlagRef(measurement));
    context.advanceClock();
    const facts = { facilityId, period, vintage: vintage.vintage, outcome: verdict, estimateWh };
    return { review: ended, events: [{ type: 'ReviewEnded', ...facts }, ...accounted.events] };
}

/** Lists a flagged period for review, and takes it off the list once it is not flagged. */
export function flagOrClear(session: LedgerSession, of: Vintage): void {
    const { facilityId, period, vintage, reconciliation } = of;
    const ref = openFlagRef(of);
    if (reconciliation.status === 'flagged') session.put(ref, { facilityId, period, vintage, isUnderReview: false });
    else if (session.get(ref) !== undefined) session.delete(ref);
}
