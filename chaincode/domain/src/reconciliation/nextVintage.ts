// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { Facility } from '../energy/facility.js';
import type { PlausibilityRules } from '../energy/plausibilityRules.js';
import type { Parameters } from '../governance/parameters.js';
import type { Instant } from '../time/ledgerClock.js';
import { isCurrent } from './listReport.js';
import type { AcceptedReport, Measurement, Vintage } from './measurementRecords.js';
import type { Reading } from './reading.js';
import { type DeviationHistory, nextDeviations } from './persistentBias.js';
import { deviationsIn, isSufficient, reconcile } from './reconcile.js';

/** What a reconciliation needs beside the reports. */
export interface ReconciliationBasis {
    readonly facility: Facility;
    readonly parameters: Parameters;
    readonly rules: PlausibilityRules;
    readonly history: DeviationHistory;
    readonly now: Instant;
}

/** Throws MEASUREMENT_UNDER_REVIEW, or MEASUREMENT_UNCHANGED where no report came since the last vintage. */
export function checkReconcilable(measurement: Measurement): void {
    const { facilityId, period, state, vintage } = measurement;
    if (state === 'under-review') refuse('MEASUREMENT_UNDER_REVIEW', { facilityId, period });
    if (isCurrent(measurement)) refuse('MEASUREMENT_UNCHANGED', { facilityId, period, vintage });
}

/** The vintage of all reports there are. */
export function nextVintage(
    { facilityId, period, vintage }: Measurement,
    reports: readonly AcceptedReport[],
    basis: ReconciliationBasis,
): Omit<Vintage, 'transactionId'> {
    const readings = reports.map(({ report }) => ({
        ...{ sourceId: report.sourceId, kind: report.kind, sequence: report.sequence, energyWh: report.energyWh },
    }));
    const reconciliation = reconcile({ ...basis, period, readings: reports.map(readingOf) });
    return { facilityId, period, vintage: vintage + 1, readings, reconciliation, reconciledAt: basis.now };
}

/** What is remembered of the sources of these reports from now on, where they are enough to say something of each other. */
export function nextHistory(
    { period, reconciled }: Pick<Measurement, 'period' | 'reconciled'>,
    reports: readonly AcceptedReport[],
    { history, ...basis }: ReconciliationBasis,
): DeviationHistory {
    const readings = reports.map(readingOf);
    if (!isSufficient(readings)) return new Map();
    const deviations = new Map(
        deviationsIn({ ...basis, period, readings }).map((deviation) => [deviation.reading.sourceId, deviation]),
    );
    const { outlierLimit } = basis.parameters;
    return new Map(
        readings.flatMap(({ sourceId }) => {
            const isRevised = reconciled.some((place) => place.sourceId === sourceId);
            const facts = { deviation: deviations.get(sourceId), isRevised, outlierLimit };
            const next = nextDeviations(history.get(sourceId), period, facts);
            return next === undefined ? [] : [[sourceId, next] as const];
        }),
    );
}

/** What a report says, for a reconciliation. */
export function readingOf({ report }: AcceptedReport): Reading {
    const { sourceId, kind, energyWh, readings } = report;
    return { sourceId, kind, energyWh, intervals: readings };
}
