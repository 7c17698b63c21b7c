// SPDX-License-Identifier: Apache-2.0
import { day, digest, invalid, object } from '@power-currency/domain';
import { decimalText, energyIn, energyUnit } from './energyQuantity.js';
import { fileFields, periodFields, reference, type SourceData } from './sourceData.js';

/** What an auditor found on site (KD-046). */
export const auditReport = object({
    ...fileFields('power/audit-report'),
    ...periodFields,
    auditor: reference,
    /** The auditor's number of the report, and the SHA-256 of the report itself. */
    reportNumber: reference,
    reportDigest: digest,
    visit: object({ from: day, to: day }),
    energy: decimalText,
    unit: energyUnit,
});

/** @throws DomainError INVALID_ARGUMENT for a visit that ends before it begins */
export function readAuditReport(report: ReturnType<typeof auditReport.decode>): SourceData {
    const { facility: facilityId, zone, carrier, period, producedAt, visit } = report;
    if (visit.to < visit.from) invalid('visit.to', 'before the visit begins');
    const energyWh = energyIn(report.unit, report.energy, 'energy');
    return { kind: 'audit', facilityId, zone, carrier, period, producedAt, energyWh, readings: [], minutes: null };
}
