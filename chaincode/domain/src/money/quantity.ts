// SPDX-License-Identifier: Apache-2.0

declare const unit: unique symbol;

/**
 * A non-negative integer with its unit. The brand is record-shaped because a plain one widens to a union under
 * inference and lets two units be added.
 */
export type Quantity<U extends string> = bigint & { readonly [unit]: { readonly [K in U]: K } };

/** Largest quantity the ledger holds: 2^63 - 1, so that every reader has an integer type for it. */
export const quantityMax = 9_223_372_036_854_775_807n;

/** Whether the value can be a quantity at all. */
export function isQuantity(value: bigint): boolean {
    return value >= 0n && value <= quantityMax;
}
