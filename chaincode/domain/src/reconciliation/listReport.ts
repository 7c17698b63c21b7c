// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { SourceReport } from '../energy/sourceReport.js';
import type { Measurement, ReportPlace } from './measurementRecords.js';
import { sourceCountMax } from './reconciliationRecords.js';

/**
 * The period with this report in the place of the source's former one: what the next vintage is made of. Throws
 * SOURCE_COUNT_EXCEEDED.
 */
export function listReport(found: Measurement | undefined, report: SourceReport): Measurement {
    const { facilityId, period, sourceId, sequence } = report;
    const before = found ?? { ...unmeasured, facilityId, period };
    const others = before.reports.filter((place) => place.sourceId !== sourceId);
    if (others.length >= sourceCountMax) refuse('SOURCE_COUNT_EXCEEDED', { facilityId, period, sourceCountMax });
    const reports = [...others, { sourceId, sequence }].sort((a, b) => (a.sourceId < b.sourceId ? -1 : 1));
    return { ...before, reports };
}

/** Whether the last vintage is of the very reports there are; sources only ever join. */
export function isCurrent({ reports, reconciled }: Measurement): boolean {
    const isSame = ({ sourceId, sequence }: ReportPlace, index: number): boolean =>
        reconciled[index]?.sourceId === sourceId && reconciled[index].sequence === sequence;
    return reports.every(isSame);
}

const unmeasured: Omit<Measurement, 'facilityId' | 'period'> = {
    ...{ reports: [], vintage: 0, reconciled: [], state: 'reported' },
    ...{ countedWh: 0n as Measurement['countedWh'], withheldWh: 0n },
};
