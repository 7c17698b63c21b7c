// SPDX-License-Identifier: Apache-2.0
import type { ParticipantId, SourceId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Parameters } from '../governance/parameters.js';
import type { AttesterRole } from '../registry/role.js';
import type { Instant } from '../time/ledgerClock.js';
import { isCurrent } from './listReport.js';
import { isSufficient } from './reconcile.js';
import type { Measurement, Review, ReviewVerdict, Vintage } from './measurementRecords.js';

/** Reviewers of different roles that end a review when they agree (Q14). */
const verdictsRequired = 2;

/** Opens the review of a flagged period's last vintage. Throws MEASUREMENT_NOT_CURRENT or MEASUREMENT_NOT_FLAGGED. */
export function openReview(
    measurement: Measurement,
    openedBy: ParticipantId,
    { reviewSecondsMax }: Parameters,
    now: Instant,
): Review {
    const { facilityId, period, vintage, state } = measurement;
    if (state !== 'flagged') refuse('MEASUREMENT_NOT_FLAGGED', { facilityId, period, state });
    if (!isCurrent(measurement)) refuse('MEASUREMENT_NOT_CURRENT', { facilityId, period });
    const deadline = (now + reviewSecondsMax) as Instant;
    return { facilityId, period, vintage, openedBy, openedAt: now, deadline, verdicts: [], outcome: null };
}

/** What a reviewer says, before it is known who the reviewer is. */
export interface VerdictCase {
    readonly review: Review;
    readonly vintage: Vintage;
    readonly reviewer: { readonly participantId: ParticipantId; readonly role: AttesterRole | null };
    readonly word: Pick<ReviewVerdict, 'verdict' | 'reason' | 'evidence' | 'withoutSources'>;
    readonly now: Instant;
    /** The transaction in which it is said. */
    readonly transactionId: string;
}

/** Adds a reviewer's one word; guards in the documented order. */
export function giveVerdict({ review, vintage, reviewer, word, now, transactionId }: VerdictCase): Review {
    const { facilityId, period, deadline, verdicts } = review;
    const { participantId, role } = reviewer;
    if (role === null) refuse('REVIEWER_WITHOUT_ROLE', { participantId });
    if (now >= deadline) refuse('REVIEW_TIME_OVER', { facilityId, period, deadline: deadline.toString() });
    if (verdicts.some((given) => given.role === role || given.participantId === participantId)) {
        refuse('VERDICT_GIVEN_ALREADY', { facilityId, period, role });
    }
    checkWithout(vintage, word.withoutSources, word.verdict);
    const withoutSources = [...word.withoutSources].sort();
    const verdict = { ...word, withoutSources, role, participantId, givenAt: now, transactionId };
    return { ...review, verdicts: [...verdicts, verdict] };
}

/** Left out are sources the vintage has, each once, and what remains must still be enough to verify anything. */
function checkWithout({ readings }: Vintage, without: readonly SourceId[], verdict: ReviewVerdict['verdict']): void {
    const unknown = without.find(
        (sourceId, index) =>
            without.indexOf(sourceId) !== index || !readings.some((reading) => reading.sourceId === sourceId),
    );
    if (unknown !== undefined) refuse('REVIEW_SOURCE_INVALID', { sourceId: unknown });
    if (verdict === 'reject') {
        if (without.length > 0) refuse('REVIEW_SOURCE_INVALID', { sourceId: without[0] ?? '' });
        return;
    }
    const remaining = readings.filter(({ sourceId }) => !without.includes(sourceId));
    if (!isSufficient(remaining)) refuse('REVIEW_SOURCES_INSUFFICIENT', { remaining: remaining.length });
}

/** The verdict two roles agree on, the sources left out included; undefined while there is none. */
export function agreedVerdict({ verdicts }: Review): Pick<ReviewVerdict, 'verdict' | 'withoutSources'> | undefined {
    const wordOf = ({ verdict, withoutSources }: ReviewVerdict): string => [verdict, ...withoutSources].join(' ');
    const counts = new Map<string, number>();
    for (const verdict of verdicts) counts.set(wordOf(verdict), (counts.get(wordOf(verdict)) ?? 0) + 1);
    return verdicts.find((verdict) => (counts.get(wordOf(verdict)) ?? 0) >= verdictsRequired);
}

/** Throws REVIEW_NOT_DUE while the reviewers still have time. */
export function checkExpired({ facilityId, period, deadline }: Review, now: Instant): void {
    if (now < deadline) refuse('REVIEW_NOT_DUE', { facilityId, period, deadline: deadline.toString() });
}
