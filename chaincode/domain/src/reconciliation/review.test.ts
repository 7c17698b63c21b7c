// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode } from '../error/errorDetails.js';
import { isDomainError } from '../error/domainError.js';
import { agreedVerdict, giveVerdict, type VerdictCase } from './review.js';

const kinds = ['satellite', 'sensor', 'financial', 'audit'] as const;
const facts = {
    review: { facilityId: 'mill', period: '2026-11-20', deadline: 100n, verdicts: [] },
    vintage: { readings: kinds.map((kind) => ({ sourceId: kind, kind })) },
    reviewer: { participantId: 'authority', role: 'ops' },
    word: { verdict: 'verify', reason: 'site visit', evidence: new Uint8Array(32), withoutSources: [] },
    ...{ now: 99n, transactionId: 'tx' },
} as unknown as VerdictCase;
type Reviewer = VerdictCase['reviewer'];
const authority = facts.reviewer;
const bank = { participantId: 'centralbank', role: 'risk' } as Reviewer;

/** The review after these reviewers said `word`. */
const reviewed = (said: readonly (readonly [Reviewer, Partial<VerdictCase['word']>])[]) =>
    said.reduce(
        (review, [reviewer, word]) => giveVerdict({ ...facts, review, reviewer, word: { ...facts.word, ...word } }),
        facts.review,
    );

function refusalOf(change: Partial<VerdictCase>): ErrorCode | undefined {
    try {
        giveVerdict({ ...facts, ...change });
        return undefined;
    } catch (thrown) {
        if (!isDomainError(thrown)) throw thrown;
        return thrown.code;
    }
}

describe('a verdict', () => {
    it('is a role’s, given before the deadline', () => {
        expect(refusalOf({})).toBeUndefined();
        expect(refusalOf({ reviewer: { ...authority, role: null } })).toBe('REVIEWER_WITHOUT_ROLE');
        expect(refusalOf({ now: 100n as VerdictCase['now'] })).toBe('REVIEW_TIME_OVER');
    });

    it('is one of its role, and one of its organisation whatever role that has by then [V84]', () => {
        const review = reviewed([[authority, {}]]);
        expect(refusalOf({ review, reviewer: { ...authority, role: 'risk' } })).toBe('VERDICT_GIVEN_ALREADY');
        expect(refusalOf({ review, reviewer: { ...bank, role: 'ops' } })).toBe('VERDICT_GIVEN_ALREADY');
        expect(refusalOf({ review, reviewer: bank })).toBeUndefined();
    });
});

describe('reviewers agree', () => {
    const without = (...sources: readonly string[]) => ({ withoutSources: sources }) as Partial<VerdictCase['word']>;

    it('when two say the same, in whatever order they name the sources', () => {
        const review = reviewed([
            [authority, without('sensor', 'financial')],
            [bank, without('financial', 'sensor')],
        ]);
        expect(agreedVerdict(review)).toMatchObject({ verdict: 'verify', ...without('financial', 'sensor') });
    });

    it('neither on one word, nor on two that differ', () => {
        expect(agreedVerdict(reviewed([[authority, {}]]))).toBeUndefined();
        const others: readonly Partial<VerdictCase['word']>[] = [without('sensor'), { verdict: 'reject' }];
        for (const other of others) {
            expect(
                agreedVerdict(
                    reviewed([
                        [authority, {}],
                        [bank, other],
                    ]),
                ),
            ).toBeUndefined();
        }
    });
});
