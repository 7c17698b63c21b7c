// SPDX-License-Identifier: Apache-2.0

/** Refusals about source reports, their reconciliation and its review. */
export interface MeasurementErrors {
    REPORT_FOR_ANOTHER_LEDGER: { network: string; channel: string };
    REPORT_KIND_MISMATCH: { sourceId: string; kind: string; registered: string };
    SOURCE_OF_ANOTHER_FACILITY: { sourceId: string; facilityId: string };
    SOURCE_NOT_INDEPENDENT: { sourceId: string; facilityId: string; participantId: string };
    REPORT_SIGNATURE_INVALID: { sourceId: string };
    REPORT_ACCEPTED_ALREADY: { sourceId: string; sequence: string };
    REPORT_GAP: { sourceId: string; sequence: string; expected: string };
    REPORT_REWRITTEN: { sourceId: string; sequence: string; expected: string; previousDigest: string };
    PERIOD_NOT_OVER: { period: string; end: string; now: string };
    REPORT_TIME_INVALID: { period: string; producedAt: string; now: string };
    REPORT_STALE: { period: string; producedAt: string; now: string; kind: string; latest: string };
    REPORT_READINGS_INCOMPLETE: { period: string; readings: number; needed: number };
    REPORT_SUM_MISMATCH: { energyWh: string; readings: string };
    SOURCE_COUNT_EXCEEDED: { facilityId: string; period: string; sourceCountMax: number };
    PERIOD_GRANULARITY_MIXED: { facilityId: string; period: string; granularity: string };
    MEASUREMENT_NOT_FOUND: { facilityId: string; period: string };
    MEASUREMENT_UNCHANGED: { facilityId: string; period: string; vintage: number };
    MEASUREMENT_UNDER_REVIEW: { facilityId: string; period: string };
    MEASUREMENT_NOT_FLAGGED: { facilityId: string; period: string; state: string };
    MEASUREMENT_NOT_CURRENT: { facilityId: string; period: string };
    MEASUREMENT_NOT_UNDER_REVIEW: { facilityId: string; period: string; state: string };
    REVIEWER_WITHOUT_ROLE: { participantId: string };
    REVIEW_TIME_OVER: { facilityId: string; period: string; deadline: string };
    REVIEW_NOT_DUE: { facilityId: string; period: string; deadline: string };
    VERDICT_GIVEN_ALREADY: { facilityId: string; period: string; role: string };
    REVIEW_SOURCE_INVALID: { sourceId: string };
    REVIEW_SOURCES_INSUFFICIENT: { remaining: number };
    ENERGY_OVERFLOW: { facilityId: string };
}

export const measurementErrors: Readonly<Record<keyof MeasurementErrors, string>> = {
    REPORT_FOR_ANOTHER_LEDGER: 'The report was signed for another network or channel. Have it signed for this one.',
    REPORT_KIND_MISMATCH: 'The source is registered as another kind. Correct the report and sign it again.',
    SOURCE_OF_ANOTHER_FACILITY: 'The device belongs to another facility. Register one for this facility.',
    SOURCE_NOT_INDEPENDENT:
        'The member that registered the facility registered this satellite or audit source too. Report from one that another member registered.',
    REPORT_SIGNATURE_INVALID: "The report is not signed with the source's registered key. Sign it with that one.",
    REPORT_ACCEPTED_ALREADY: 'The ledger has this report already. Nothing is left to do.',
    REPORT_GAP: 'Reports of this source are missing before this one. Submit those first.',
    REPORT_REWRITTEN:
        'The report does not continue the chain of its source: another report has its place, or came before it. Number it after the last one.',
    PERIOD_NOT_OVER: 'Nobody can report on a period before its end. Wait for it.',
    REPORT_TIME_INVALID: 'A report is made after its period and not in the future. Correct the clock of the source.',
    REPORT_STALE: 'The report was made too long after its period for a source of its kind.',
    REPORT_READINGS_INCOMPLETE:
        'Readings are those of all metering intervals of one day, in order, and a sensor has them. Complete them.',
    REPORT_SUM_MISMATCH: 'The readings do not add up to the energy of the report. Correct one of them.',
    SOURCE_COUNT_EXCEEDED: 'As many sources have reported on this period as can. None can be added.',
    PERIOD_GRANULARITY_MIXED:
        "The facility's year is verified in days, months or as a whole, and not in a mixture. Report the same kind of period.",
    MEASUREMENT_NOT_FOUND: 'No source has reported on this period of the facility. Submit a report first.',
    MEASUREMENT_UNCHANGED: 'No report came since the last vintage. Wait for one.',
    MEASUREMENT_UNDER_REVIEW: 'The period is under review. Reconcile it again once the review has ended.',
    MEASUREMENT_NOT_FLAGGED:
        'Only a flagged period is reviewed. See what state this one is in, and reconcile it if reports came.',
    MEASUREMENT_NOT_CURRENT: 'Reports came since the period was flagged. Reconcile it first.',
    MEASUREMENT_NOT_UNDER_REVIEW: 'No review of this period is open. Open one first.',
    REVIEWER_WITHOUT_ROLE:
        'Members review in their attester roles, and this one has none. Leave it to those who have one.',
    REVIEW_TIME_OVER:
        'The deadline of the review has passed: its energy is rejected as soon as somebody expires the review.',
    REVIEW_NOT_DUE: 'The reviewers still have time. Try after the deadline.',
    VERDICT_GIVEN_ALREADY: 'A reviewer of this role or organisation has given its verdict. A verdict is final.',
    REVIEW_SOURCE_INVALID:
        'Sources can be left out once each, if the vintage has them and the verdict is to verify. Correct the list.',
    REVIEW_SOURCES_INSUFFICIENT: 'Without these sources too few are left, or no independent one. Reject, or keep more.',
    ENERGY_OVERFLOW: 'The energy does not fit into the account. Check what the sources of the facility reported.',
};
