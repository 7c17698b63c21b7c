// SPDX-License-Identifier: Apache-2.0
import { type BookValue, imbalance } from '@power-currency/domain';
import { decodeKey } from '../../ledger/stateKey.js';
import { decodeRecord } from '../../ledger/stateTable.js';
import { bookedTables } from '../../ledger/tables.js';

/**
 * Adds up every record of a state that holds or counts money: by asset, what is held less what is outstanding. Throws
 * Error for an amount below zero.
 */
export function imbalances(state: ReadonlyMap<string, string>): ReadonlyMap<string, bigint> {
    const sums = new Map<string, bigint>();
    for (const [key, text] of state) {
        const [name, asset = ''] = decodeKey(key);
        const table = bookedTables.find((candidate) => candidate.name === name);
        if (table?.bookOf === undefined) continue;
        const value: BookValue = table.bookOf(decodeRecord(table, Buffer.from(text)));
        const negative = Object.entries(value).find(([, amount]) => amount < 0n);
        if (negative !== undefined) throw new Error(`${key}: ${negative[0]} is ${negative[1].toString()}`);
        sums.set(asset, (sums.get(asset) ?? 0n) + imbalance(value));
    }
    return sums;
}
