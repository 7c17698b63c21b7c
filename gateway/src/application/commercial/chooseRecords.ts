// SPDX-License-Identifier: Apache-2.0
import { type Money } from '@power-currency/domain';

interface Spendable {
    readonly id: string;
    readonly amount: Money;
}

/** Most records one intent names. */
const countMax = 64;

/**
 * Records that together hold the amount: in the order given if 64 of those suffice, else the largest; undefined if not
 * even they do.
 */
export function chooseRecords(records: readonly Spendable[], amount: Money): readonly string[] | undefined {
    return firstThatSuffice(records, amount) ?? firstThatSuffice(records.toSorted(largestFirst), amount);
}

function firstThatSuffice(records: readonly Spendable[], amount: Money): readonly string[] | undefined {
    let sum = 0n;
    for (const [index, record] of records.slice(0, countMax).entries()) {
        sum += record.amount;
        if (sum >= amount) return records.slice(0, index + 1).map(({ id }) => id);
    }
    return undefined;
}

function largestFirst(a: Spendable, b: Spendable): number {
    return a.amount === b.amount ? 0 : a.amount > b.amount ? -1 : 1;
}
