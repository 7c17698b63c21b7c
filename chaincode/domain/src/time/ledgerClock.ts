// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { Quantity } from '../money/quantity.js';

/** A time in seconds since 1970-01-01T00:00:00Z. */
export type Instant = Quantity<'second'>;

/** The beginning of time, for what was there before the ledger. */
export const zeroInstant = 0n as Instant;

/** How far a transaction's time may be from the endorser's own clock. */
const skewSecondsMax = 300;

/**
 * Q37: the time of a transaction is the client's claim. Each endorser compares it with its own clock and can only
 * refuse; the clock itself never reaches the ledger. Throws CLOCK_SKEW.
 */
export function checkSkew(transactionTime: Instant, endorserTime: bigint): void {
    const skew = transactionTime > endorserTime ? transactionTime - endorserTime : endorserTime - transactionTime;
    if (skew > BigInt(skewSecondsMax)) {
        refuse('CLOCK_SKEW', { transactionTime: transactionTime.toString(), skewSecondsMax });
    }
}

/** The ledger's own time: it never runs backwards, whatever a client claims. */
export function ledgerNow(lastKnown: Instant | undefined, transactionTime: Instant): Instant {
    return lastKnown !== undefined && lastKnown > transactionTime ? lastKnown : transactionTime;
}
