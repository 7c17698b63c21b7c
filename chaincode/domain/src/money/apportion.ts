// SPDX-License-Identifier: Apache-2.0

/**
 * A total in parts that are proportional to the weights, as near as whole numbers can be: each gets its share rounded
 * down, and those with the largest remainders one more until the parts add up to the total exactly. Of equal remainders
 * the earlier wins. Nothing is negative, and a total above zero needs a weight above zero: throws RangeError.
 */
export function apportion(total: bigint, weights: readonly bigint[]): readonly bigint[] {
    const sum = weights.reduce((before, weight) => before + weight, 0n);
    if (total < 0n || weights.some((weight) => weight < 0n)) throw new RangeError('a part is never negative');
    if (sum === 0n) {
        if (total > 0n) throw new RangeError('nothing to apportion by');
        return weights.map(() => 0n);
    }
    const parts = weights.map((weight) => (total * weight) / sum);
    const missing = Number(total - parts.reduce((before, part) => before + part, 0n));
    const remainders = weights.map((weight, index) => ({ index, remainder: (total * weight) % sum }));
    remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
    const raised = new Set(remainders.slice(0, missing).map(({ index }) => index));
    return parts.map((part, index) => (raised.has(index) ? part + 1n : part));
}
