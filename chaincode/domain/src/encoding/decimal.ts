// SPDX-License-Identifier: Apache-2.0
import { isQuantity } from '../money/quantity.js';

/** Millionths of a decimal with exactly six fraction digits, or undefined; there is one spelling of each value. */
export function parseMillionths(text: string): bigint | undefined {
    const match = /^(0|[1-9][0-9]{0,12})\.([0-9]{6})$/.exec(text);
    if (match === null) return undefined;
    const value = BigInt(`${match[1] ?? ''}${match[2] ?? ''}`);
    return isQuantity(value) ? value : undefined;
}

/** The value with exactly six fraction digits: 1_100_000 is "1.100000". */
export function formatMillionths(value: bigint): string {
    const digits = value.toString().padStart(7, '0');
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
