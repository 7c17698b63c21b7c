// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';

/** A record of an asset as a transaction found and as it leaves it; undefined where there is none. */
export interface AmountChange {
    readonly asset: string;
    readonly before: { readonly amount: bigint } | undefined;
    readonly after: { readonly amount: bigint } | undefined;
}

/**
 * The pool holds what the parcels are worth: whatever a transaction adds to the parcels of an asset it adds to the
 * shares of its pool, and nothing else. Throws CONSERVATION_VIOLATED.
 */
export function checkPool(shares: readonly AmountChange[], parcels: readonly AmountChange[]): void {
    for (const asset of new Set([...shares, ...parcels].map((change) => change.asset))) {
        const difference = added(asset, parcels) - added(asset, shares);
        if (difference !== 0n) refuse('CONSERVATION_VIOLATED', { asset, difference: difference.toString() });
    }
}

function added(asset: string, changes: readonly AmountChange[]): bigint {
    return changes
        .filter((change) => change.asset === asset)
        .reduce((sum, { before, after }) => sum + (after?.amount ?? 0n) - (before?.amount ?? 0n), 0n);
}
