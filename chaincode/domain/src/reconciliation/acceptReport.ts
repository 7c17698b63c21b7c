// SPDX-License-Identifier: Apache-2.0
import { hex } from '../encoding/bytes.js';
import { refuse } from '../error/domainError.js';
import type { FacilityYear } from '../energy/energyAccounts.js';
import { type EnergySource, independentKinds, type SourceHead, type SourceKind } from '../energy/energySource.js';
import type { Facility } from '../energy/facility.js';
import { type SourceReport, sourceReportBytes } from '../energy/sourceReport.js';
import type { Parameters } from '../governance/parameters.js';
import type { Primitives } from '../signature/primitives.js';
import type { Instant } from '../time/ledgerClock.js';
import { intervalsOfDay } from '../time/meteringInterval.js';
import { endOfPeriod, granularityOf } from '../time/period.js';
import { checkGranularity } from './countEnergy.js';
import type { AcceptedReport } from './measurementRecords.js';
import { checkOperatingIn } from './operatingPeriod.js';

/** A signed report with what the ledger knows of its source and facility. */
export interface ReportCase {
    readonly report: SourceReport;
    readonly signature: Uint8Array;
    readonly place: { readonly network: string; readonly channel: string };
    readonly source: EnergySource | undefined;
    readonly facility: Facility | undefined;
    readonly head: SourceHead | undefined;
    /** What was accepted under the report's number. */
    readonly existing: AcceptedReport | undefined;
    readonly facilityYear: FacilityYear | undefined;
    readonly parameters: Parameters;
    readonly now: Instant;
    readonly primitives: Primitives;
}

/** The chain of a source that has made no report yet: what its first one names. */
export const noReports: SourceHead = { sequence: 0n as SourceHead['sequence'], digest: new Uint8Array(32) };

/** Accepts a report, whoever relays it (KD-034…KD-036, F16); guards in the documented order. Returns its digest. */
export function acceptReport(facts: ReportCase): Uint8Array {
    const { report, place, parameters, now } = facts;
    if (report.network !== place.network || report.channel !== place.channel) {
        refuse('REPORT_FOR_ANOTHER_LEDGER', { network: report.network, channel: report.channel });
    }
    const source = checkSource(facts);
    const facility = checkFacility(facts, source);
    const bytes = sourceReportBytes(report);
    const digest = facts.primitives.sha256(bytes);
    if (!facts.primitives.verifyEd25519(source.publicKey, bytes, facts.signature)) {
        refuse('REPORT_SIGNATURE_INVALID', { sourceId: report.sourceId });
    }
    checkChain(facts, digest);
    checkOperatingIn(facility, report.period);
    checkGranularity(facility, report.period, facts.facilityYear);
    checkTime(report, parameters, now);
    checkReadings(report, facility);
    return digest;
}

function checkSource({ report, source }: ReportCase): EnergySource {
    const { sourceId, kind } = report;
    if (source === undefined) refuse('SOURCE_NOT_FOUND', { sourceId });
    if (source.revoked !== null) refuse('SOURCE_REVOKED', { sourceId });
    if (source.kind !== kind) refuse('REPORT_KIND_MISMATCH', { sourceId, kind, registered: source.kind });
    return source;
}

function checkFacility({ report, facility }: ReportCase, source: EnergySource): Facility {
    const { sourceId, facilityId } = report;
    if (facility === undefined) refuse('FACILITY_NOT_FOUND', { facilityId });
    const { facilityId: bound, registeredBy: participantId } = source;
    if (bound !== null && bound !== facilityId) refuse('SOURCE_OF_ANOTHER_FACILITY', { sourceId, facilityId: bound });
    // Otherwise one member alone could make all the evidence of a plant it brought in (PC-22).
    if (independentKinds.includes(source.kind) && participantId === facility.registeredBy) {
        refuse('SOURCE_NOT_INDEPENDENT', { sourceId, facilityId, participantId });
    }
    return facility;
}

/** F16: each report names the one before. What was left out shows as a gap, what was said twice as a rewrite. */
function checkChain({ report, head, existing }: ReportCase, digest: Uint8Array): void {
    const { sourceId, sequence } = report;
    const last = head ?? noReports;
    const expected = last.sequence + 1n;
    const facts = { sourceId, sequence: sequence.toString(), expected: expected.toString() };
    if (existing !== undefined && hex(existing.digest) === hex(digest)) {
        refuse('REPORT_ACCEPTED_ALREADY', { sourceId, sequence: facts.sequence });
    }
    if (sequence > expected) refuse('REPORT_GAP', facts);
    const previousDigest = hex(last.digest);
    if (sequence < expected || hex(report.previousDigest) !== previousDigest) {
        refuse('REPORT_REWRITTEN', { ...facts, previousDigest });
    }
}

/** How long after a period a kind of source may make its report on it, in days (Q12). */
const daysMax: Readonly<Record<SourceKind, (parameters: Parameters) => bigint>> = {
    satellite: ({ reportDaysSatelliteMax }) => reportDaysSatelliteMax,
    sensor: ({ reportDaysSensorMax }) => reportDaysSensorMax,
    financial: ({ reportDaysFinancialMax }) => reportDaysFinancialMax,
    audit: ({ reportDaysAuditMax }) => reportDaysAuditMax,
};

/** KD-036: made after the period, not in the future, and in time. */
function checkTime({ period, kind, producedAt }: SourceReport, parameters: Parameters, now: Instant): void {
    const end = endOfPeriod(period);
    const facts = { period, producedAt: producedAt.toString(), now: now.toString() };
    if (end > now) refuse('PERIOD_NOT_OVER', { period, end: end.toString(), now: facts.now });
    if (producedAt < end || producedAt > now) refuse('REPORT_TIME_INVALID', facts);
    const latest = end + daysMax[kind](parameters) * 86_400n;
    if (producedAt > latest) refuse('REPORT_STALE', { ...facts, kind, latest: latest.toString() });
}

/** Readings are those of a whole day, and a device on a day has them. */
function checkReadings({ kind, period, readings, energyWh }: SourceReport, facility: Facility): void {
    const isDay = granularityOf(period) === 'day';
    if (readings.length === 0 && !(isDay && kind === 'sensor')) return;
    const intervals = isDay ? intervalsOfDay(period as never, facility.intervalMinutes) : [];
    const isComplete =
        readings.length === intervals.length && readings.every(({ start }, index) => start === intervals[index]);
    if (!isComplete)
        refuse('REPORT_READINGS_INCOMPLETE', { period, readings: readings.length, needed: intervals.length });
    const sum = readings.reduce((total, reading) => total + reading.energyWh, 0n);
    if (sum !== energyWh) refuse('REPORT_SUM_MISMATCH', { energyWh: energyWh.toString(), readings: sum.toString() });
}
