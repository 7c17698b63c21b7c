// SPDX-License-Identifier: Apache-2.0
import { imbalance } from '@power-currency/domain';
import { decodeKey, keyRange } from '../ledger/stateKey.js';
import { decodeRecord } from '../ledger/stateTable.js';
import { bookedTables } from '../ledger/tables.js';

/** Committed records from `start` to before `end`, in key order. */
export type ReadRange = (
    start: string,
    end: string,
) => Promise<readonly { readonly key: string; readonly value: Uint8Array }[]>;

/** Adds up every record that holds or counts money. Throws, naming the assets, where more or less is held than exists. */
export async function checkBooks(readRange: ReadRange): Promise<void> {
    const differences = new Map<string, bigint>();
    for (const table of bookedTables) {
        const { start, end } = keyRange([table.name]);
        for (const { key, value } of await readRange(start, end)) {
            const asset = decodeKey(key)[1] ?? '';
            const difference = imbalance(table.bookOf?.(decodeRecord(table, value)) ?? {});
            differences.set(asset, (differences.get(asset) ?? 0n) + difference);
        }
    }
    const wrong = [...differences].filter(([, difference]) => difference !== 0n);
    if (wrong.length > 0) throw new Error(`the books do not balance: ${wrong.map(String).join(' ')}`);
}
