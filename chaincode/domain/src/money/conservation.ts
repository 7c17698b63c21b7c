// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';

/** What one write does to the books: money it adds to wallets or to credits on their way, or to the issued total. */
export interface BookEntry {
    readonly asset: string;
    /** Money held after the write less money held before it. */
    readonly held: bigint;
    /** Outstanding supply after the write less outstanding supply before it. */
    readonly outstanding: bigint;
}

/**
 * The books balance: whatever a transaction adds to what is held it adds to the outstanding supply, and nothing else.
 * Throws CONSERVATION_VIOLATED.
 */
export function checkConservation(asset: string, entries: readonly BookEntry[]): void {
    const difference = entries
        .filter((entry) => entry.asset === asset)
        .reduce((sum, entry) => sum + entry.held - entry.outstanding, 0n);
    if (difference !== 0n) refuse('CONSERVATION_VIOLATED', { asset, difference: difference.toString() });
}
