// SPDX-License-Identifier: Apache-2.0
import { digest, signature } from '../encoding/byteCodec.js';
import { boolean, type Decoded, freeText, integer, list, nullable, object, oneOf } from '../encoding/codec.js';
import { facilityId, participantId, sourceId, transactionId } from '../encoding/identifier.js';
import { count, energyDelta, energyWh, instant } from '../encoding/quantityCodec.js';
import { sourceKind } from '../energy/energySource.js';
import { sourceReport } from '../energy/sourceReport.js';
import { attesterRole } from '../registry/role.js';
import { period } from '../time/period.js';
import { reconciliation, sourceCountMax } from './reconciliationRecords.js';

/** A report as it was accepted, for ever. */
export const acceptedReport = object({
    report: sourceReport,
    signature,
    /** Of the bytes that were signed: what the source's next report names. */
    digest,
    relayedBy: participantId,
    acceptedAt: instant,
    transactionId,
});
export type AcceptedReport = Decoded<typeof acceptedReport>;

/** A report by its place in its source's chain. */
const reportPlace = object({ sourceId, sequence: count });
export type ReportPlace = Decoded<typeof reportPlace>;

/**
 * What became of a facility's period: reports came, and of the last vintage: too few sources, agreement (or a review that
 * cleared it), suspicion, a review of it, rejection (Q14).
 */
const measurementState = oneOf(['reported', 'insufficient', 'verified', 'flagged', 'under-review', 'rejected']);

/**
 * One facility's period. It names the latest report of every source that reported on it, so that a reconciliation uses
 * them all: nobody chooses among them.
 */
export const measurement = object({
    facilityId,
    period,
    reports: list(reportPlace, sourceCountMax, 1),
    /** How many vintages there are; the last one says what the state is of. */
    vintage: integer(0, 2 ** 31),
    /** The reports of the last vintage. */
    reconciled: list(reportPlace, sourceCountMax),
    state: measurementState,
    /** What counts of it in the year's accounts now. */
    countedWh: energyWh,
    /** What it changed in the energy withheld from the facility's certificates: more was certified, or less made. */
    withheldWh: energyDelta,
});
export type Measurement = Decoded<typeof measurement>;

/** What one source said in a vintage. */
const vintageReading = object({ sourceId, kind: sourceKind, sequence: count, energyWh });

/** One reconciliation of a period. A later one never changes it (Q36, F21). */
export const vintage = object({
    facilityId,
    period,
    vintage: integer(1, 2 ** 31),
    readings: list(vintageReading, sourceCountMax, 1),
    reconciliation,
    reconciledAt: instant,
    transactionId,
});
export type Vintage = Decoded<typeof vintage>;

/** What a reviewer says of the energy. */
export const verdictWord = oneOf(['verify', 'reject']);

/** How a review ended: by agreement of two roles, or because its time was over. */
export const reviewEnd = oneOf(['verify', 'reject', 'expired']);

/** One reviewer's word on a flagged vintage. */
const reviewVerdict = object({
    role: attesterRole,
    participantId,
    verdict: verdictWord,
    reason: freeText(500, 1),
    /** SHA-256 of what was examined. */
    evidence: digest,
    /** Sources the estimate is to be made without, in order of their ids. */
    withoutSources: list(sourceId, sourceCountMax),
    givenAt: instant,
    transactionId,
});
export type ReviewVerdict = Decoded<typeof reviewVerdict>;

/** The end of a review. */
const reviewOutcome = object({
    verdict: reviewEnd,
    /** The estimate without the sources that were left out; null where the energy is rejected. */
    reconciliation: nullable(reconciliation),
    endedAt: instant,
});

/** The review of one flagged vintage (Q14, F17). */
export const review = object({
    facilityId,
    period,
    vintage: integer(1, 2 ** 31),
    openedBy: participantId,
    openedAt: instant,
    deadline: instant,
    verdicts: list(reviewVerdict, 3),
    outcome: nullable(reviewOutcome),
});
export type Review = Decoded<typeof review>;
export type ReviewOutcome = NonNullable<Review['outcome']>;

/** A period that waits for a review, or is under one. */
export const openFlag = object({ facilityId, period, vintage: integer(1, 2 ** 31), isUnderReview: boolean });
export type OpenFlag = Decoded<typeof openFlag>;

/** Energy of a facility that was certified before later data took it back: its next days' certificates make up for it. */
export const withheldEnergy = object({ withheldWh: energyWh });
export type WithheldEnergy = Decoded<typeof withheldEnergy>;
