// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import { isQuantity, type Quantity } from './quantity.js';

/** An amount of an asset in its minor units (see {@link assets} for the decimals). */
export type Money = Quantity<'minor unit'>;

/** Checks that the value can be an amount. Throws AMOUNT_OVERFLOW above 2^63 - 1 and RangeError below zero. */
export function money(value: bigint): Money {
    if (value < 0n) throw new RangeError('an amount is never negative');
    if (!isQuantity(value)) refuse('AMOUNT_OVERFLOW', { amount: value.toString() });
    return value as Money;
}

export const zeroMoney = 0n as Money;

/** Sum of amounts. Throws AMOUNT_OVERFLOW. */
export function addMoney(...amounts: readonly Money[]): Money {
    return money(amounts.reduce<bigint>((sum, amount) => sum + amount, 0n));
}

/** `from - amount`, or undefined if that would be negative: the caller names the refusal. */
export function subtractMoney(from: Money, amount: Money): Money | undefined {
    return from < amount ? undefined : money(from - amount);
}

/** The smallest of the amounts, which must be at least one. */
export function leastMoney(first: Money, ...others: readonly Money[]): Money {
    return others.reduce((least, amount) => (amount < least ? amount : least), first);
}
