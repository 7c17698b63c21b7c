// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { SourceId } from '../encoding/identifier.js';
import type { Facility } from '../energy/facility.js';
import type { PlausibilityRules } from '../energy/plausibilityRules.js';
import type { Parameters } from '../governance/parameters.js';
import type { Instant } from '../time/ledgerClock.js';
import { isCurrent } from './listReport.js';
import type { AcceptedReport, Measurement, Vintage } from './measurementRecords.js';
import type { Reading } from './reading.js';
import { type DeviationHistory, type SourceDeviations, withDeviation } from './persistentBias.js';
import { deviationsIn, reconcile } from './reconcile.js';

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

/** What is remembered of the sources from now on, where the period says something of them. */
export function nextHistory(
    { period, reconciliation }: Pick<Vintage, 'period' | 'reconciliation'>,
    reports: readonly AcceptedReport[],
    basis: ReconciliationBasis,
): readonly (readonly [SourceId, SourceDeviations])[] {
    if (reconciliation.status === 'insufficient') return [];
    return deviationsIn({ ...basis, period, readings: reports.map(readingOf) }).map((deviation) => {
        const { sourceId } = deviation.reading;
        return [sourceId, withDeviation(basis.history.get(sourceId), period, deviation)];
    });
}

/** What a report says, for a reconciliation. */
export function readingOf({ report }: AcceptedReport): Reading {
    const { sourceId, kind, energyWh, readings } = report;
    return { sourceId, kind, energyWh, intervals: readings };
}
