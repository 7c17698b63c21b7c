// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';

/** Where money can be: every unit issued and not redeemed is in exactly one of these. */
export const bookKinds = ['wallets', 'pending', 'held', 'notes', 'escrow', 'vouchers'] as const;
export type BookKind = (typeof bookKinds)[number];

/** What a record says of an asset's money, in minor units: where some of it is, or the running totals of supply. */
export type BookValue = Readonly<Partial<Record<BookKind | 'issued' | 'redeemed', bigint>>>;

/** What one write does to the books of an asset. */
export interface BookEntry {
    readonly asset: string;
    readonly before: BookValue;
    readonly after: BookValue;
}

/** Money held anywhere less outstanding supply: zero where the books balance. */
export function imbalance(value: BookValue): bigint {
    const held = bookKinds.reduce((sum, kind) => sum + (value[kind] ?? 0n), 0n);
    return held - (value.issued ?? 0n) + (value.redeemed ?? 0n);
}

/**
 * The books balance, asset by asset: whatever a transaction adds to what is held it adds to the outstanding supply,
 * and nothing else. Throws CONSERVATION_VIOLATED.
 */
export function checkConservation(entries: readonly BookEntry[]): void {
    const differences = new Map<string, bigint>();
    for (const { asset, before, after } of entries) {
        differences.set(asset, (differences.get(asset) ?? 0n) + imbalance(after) - imbalance(before));
    }
    for (const [asset, difference] of differences) {
        if (difference !== 0n) refuse('CONSERVATION_VIOLATED', { asset, difference: difference.toString() });
    }
}
