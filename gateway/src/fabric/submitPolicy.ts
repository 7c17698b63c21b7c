// SPDX-License-Identifier: Apache-2.0
import { type TroubleKind } from './trouble.js';

/**
 * What follows a trouble. A new transaction is sent only where the earlier one certainly changed nothing; it carries the
 * same request id, so even a mistake here could not pay twice.
 */
interface SubmitRule {
    readonly then: 'giveUp' | 'newTransaction' | 'sameTransaction';
    /** Attempts in all, the first one included. */
    readonly attemptsMax: number;
    /** Pause before the second attempt; it doubles with each further one. */
    readonly pauseMs: number;
}

const giveUp: SubmitRule = { then: 'giveUp', attemptsMax: 1, pauseMs: 0 };

export const submitPolicy: Readonly<Record<TroubleKind, SubmitRule>> = {
    refusedByRules: giveUp,
    refusedByNetwork: giveUp,
    invalid: giveUp,
    // MVCC_READ_CONFLICT and PHANTOM_READ_CONFLICT: another writer came first.
    conflict: { then: 'newTransaction', attemptsMax: 8, pauseMs: 25 },
    // Mostly a peer that is some blocks behind.
    disagreement: { then: 'newTransaction', attemptsMax: 4, pauseMs: 100 },
    // After a start Fabric's peers find each other by gossip, which takes some seconds; until then no plan can be made.
    endorserLost: { then: 'newTransaction', attemptsMax: 8, pauseMs: 100 },
    // A restarted peer listens again within a second or two.
    peerUnreachable: { then: 'newTransaction', attemptsMax: 5, pauseMs: 200 },
    // The peer's limits.concurrency.gatewayService.
    peerBusy: { then: 'newTransaction', attemptsMax: 6, pauseMs: 100 },
    tooLate: { then: 'newTransaction', attemptsMax: 2, pauseMs: 0 },
    outcomeUnknown: { then: 'sameTransaction', attemptsMax: 4, pauseMs: 250 },
};

const PAUSE_MS_MAX = 2_000;

/**
 * Pause before the next attempt, with full jitter so that writers of one key do not collide in step again.
 *
 * @param attempt attempts made so far, from 1
 * @param random in [0, 1)
 */
export function pauseMs(rule: SubmitRule, attempt: number, random: number): number {
    const ceiling = Math.min(rule.pauseMs * 2 ** (attempt - 1), PAUSE_MS_MAX);
    return Math.round(ceiling * (0.5 + random / 2));
}
