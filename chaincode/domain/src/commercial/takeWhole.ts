// SPDX-License-Identifier: Apache-2.0
import { addMoney, type Money, subtractMoney } from '../money/money.js';

/** A record that is spent whole, by its name, with what the ledger holds under it. */
export interface Named<I extends string> {
    readonly id: I;
    readonly record: { readonly amount: Money } | undefined;
}

/** What each way of not having enough is called. */
interface Refusals<I extends string> {
    readonly repeated: (id: I) => never;
    readonly notFound: (id: I) => never;
    readonly insufficient: (available: Money) => never;
}

/** Takes the named records, each whole, and returns what is left of them after `amount`. Throws AMOUNT_OVERFLOW. */
export function takeWhole<I extends string>(amount: Money, named: readonly Named<I>[], refusals: Refusals<I>): Money {
    const seen = new Set<I>();
    for (const { id } of named) {
        if (seen.has(id)) refusals.repeated(id);
        seen.add(id);
    }
    const available = addMoney(...named.map(({ id, record }) => record?.amount ?? refusals.notFound(id)));
    return subtractMoney(available, amount) ?? refusals.insufficient(available);
}
