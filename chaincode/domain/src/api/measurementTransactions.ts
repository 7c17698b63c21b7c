// SPDX-License-Identifier: Apache-2.0
import { digest, signature } from '../encoding/byteCodec.js';
import { freeText, list, nullable, object } from '../encoding/codec.js';
import { facilityId, requestId, sourceId } from '../encoding/identifier.js';
import { plausibilityRules } from '../energy/plausibilityRules.js';
import { sourceHead } from '../energy/energySource.js';
import { sourceReport } from '../energy/sourceReport.js';
import type { ErrorCode } from '../error/errorDetails.js';
import {
    acceptedReport,
    measurement,
    openFlag,
    review,
    verdictWord,
    vintage,
} from '../reconciliation/measurementRecords.js';
import { sourceCountMax } from '../reconciliation/reconciliationRecords.js';
import { period } from '../time/period.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';

const ofPeriod = { facilityId, period };
const found: readonly ErrorCode[] = ['FACILITY_NOT_FOUND', 'MEASUREMENT_NOT_FOUND'];
const countErrors: readonly ErrorCode[] = ['PERIOD_GRANULARITY_MIXED', 'ENERGY_OVERFLOW'];
const entityErrors: readonly ErrorCode[] = ['ENTITY_NOT_FOUND', 'ENTITY_NOT_ACTIVE'];

/** A measured period with its last vintage, what was found in words, and the review of that if there is one. */
const measured = object({
    measurement,
    vintage: nullable(vintage),
    explanation: list(freeText(300), 7 * sourceCountMax + 1),
    review: nullable(review),
});

export const measurementTransactions = {
    'Measurement:SubmitReport': submit({
        summary: "Brings a source's signed report on one facility and period; any member relays it.",
        arguments: object({ requestId, report: sourceReport, signature }),
        result: acceptedReport,
        roles: ['member'],
        errors: [
            ...(['REPORT_FOR_ANOTHER_LEDGER', 'SOURCE_NOT_FOUND', 'SOURCE_REVOKED', 'REPORT_KIND_MISMATCH'] as const),
            ...(['FACILITY_NOT_FOUND', 'SOURCE_OF_ANOTHER_FACILITY', 'SOURCE_NOT_INDEPENDENT'] as const),
            ...([
                'REPORT_SIGNATURE_INVALID',
                'REPORT_ACCEPTED_ALREADY',
                'REPORT_GAP',
                'REPORT_REWRITTEN',
                'FACILITY_NOT_OPERATING',
            ] as const),
            ...(['PERIOD_GRANULARITY_MIXED', 'PERIOD_NOT_OVER', 'REPORT_TIME_INVALID', 'REPORT_STALE'] as const),
            ...(['REPORT_READINGS_INCOMPLETE', 'REPORT_SUM_MISMATCH', 'SOURCE_COUNT_EXCEEDED'] as const),
        ],
        events: ['ReportAccepted'],
    }),
    'Measurement:Reconcile': submit({
        summary: 'Makes a new vintage of a period from all reports on it, and counts its energy if they agree.',
        arguments: object({ requestId, ...ofPeriod }),
        result: vintage,
        roles: ['member'],
        errors: [
            ...found,
            ...entityErrors,
            ...(['MEASUREMENT_UNDER_REVIEW', 'MEASUREMENT_UNCHANGED'] as const),
            ...countErrors,
        ],
        events: ['MeasurementReconciled', 'EnergyCounted'],
    }),
    'Measurement:OpenReview': submit({
        summary: "Opens the review of a flagged period's last vintage.",
        arguments: object({ requestId, ...ofPeriod }),
        result: review,
        roles: ['delegate'],
        errors: [...found, 'MEASUREMENT_NOT_FLAGGED', 'MEASUREMENT_NOT_CURRENT'],
        events: ['ReviewOpened'],
    }),
    'Measurement:ReviewVerdict': submit({
        summary: "Gives the verdict of the caller's attester role; two roles that agree end the review.",
        arguments: object({
            ...{ requestId, ...ofPeriod, verdict: verdictWord, reason: freeText(500, 1), evidence: digest },
            withoutSources: list(sourceId, sourceCountMax),
        }),
        result: review,
        roles: ['delegate'],
        errors: [
            ...found,
            ...(['MEASUREMENT_NOT_UNDER_REVIEW', 'REVIEWER_WITHOUT_ROLE', 'REVIEW_TIME_OVER'] as const),
            ...(['VERDICT_GIVEN_ALREADY', 'REVIEW_SOURCE_INVALID', 'REVIEW_SOURCES_INSUFFICIENT'] as const),
            ...entityErrors,
            ...countErrors,
        ],
        events: ['VerdictGiven', 'ReviewEnded', 'EnergyCounted'],
    }),
    'Measurement:ExpireReview': submit({
        summary: 'Ends a review whose time is over: its energy is rejected.',
        arguments: object({ requestId, ...ofPeriod }),
        result: review,
        roles: ['member'],
        errors: [...found, 'MEASUREMENT_NOT_UNDER_REVIEW', 'REVIEW_NOT_DUE', ...countErrors],
        events: ['ReviewEnded', 'EnergyCounted'],
    }),
    'Measurement:Describe': evaluate({
        summary: "A facility's period: its state, its last vintage with what was found, and the review of that.",
        arguments: object(ofPeriod),
        result: measured,
        errors: ['MEASUREMENT_NOT_FOUND'],
    }),
    'Measurement:ListVintages': evaluate({
        summary: "A page of the vintages of a facility's period, the first one first.",
        arguments: object({ ...ofPeriod, ...pageRequest }),
        result: pageOf(vintage),
        errors: [],
    }),
    'Measurement:ListReports': evaluate({
        summary:
            "The reports that a facility's next vintage of the period would be made of: the latest of each source.",
        arguments: object(ofPeriod),
        result: list(acceptedReport, sourceCountMax),
        errors: ['MEASUREMENT_NOT_FOUND'],
    }),
    'Measurement:ListFlagged': evaluate({
        summary: 'A page of the periods that wait for a review or are under one, by facility and period.',
        arguments: object(pageRequest),
        result: pageOf(openFlag),
        errors: [],
    }),
    'Measurement:DescribeChain': evaluate({
        summary: "The end of a source's chain of reports: what its next report continues.",
        arguments: object({ sourceId }),
        result: sourceHead,
        errors: ['SOURCE_NOT_FOUND'],
    }),
    'Measurement:ListChain': evaluate({
        summary: 'A page of all reports a source ever made, in their order.',
        arguments: object({ sourceId, ...pageRequest }),
        result: pageOf(acceptedReport),
        errors: [],
    }),
    'Measurement:DescribeRules': evaluate({
        summary: 'The plausibility rules in force, with their version.',
        arguments: object({}),
        result: plausibilityRules,
        errors: [],
    }),
} as const;
