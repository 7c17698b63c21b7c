// SPDX-License-Identifier: Apache-2.0
import { type BookEntry, checkConservation, invalid } from '@power-currency/domain';
import { decodeKey, keyRange, type StateKey } from './stateKey.js';
import type { StatePort, StateWrite } from './statePort.js';
import { decodeRecord, encodeRecord, type StateRef, type StateTable } from './stateTable.js';

interface CachedRecord {
    readonly table: StateTable<unknown>;
    /** Value on the ledger; `unread` for a blind insert, whose key must not enter the read set. */
    readonly committed: { readonly value: unknown } | 'unread';
    readonly current: unknown;
    readonly isChanged: boolean;
}

/**
 * The records one transaction works with: each is read once, changes are seen by later reads of the same transaction
 * (Fabric's own reads never see them), and everything is written at the end.
 */
export class LedgerSession {
    readonly #state: StatePort;
    readonly #records = new Map<StateKey, CachedRecord>();

    constructor(state: StatePort) {
        this.#state = state;
    }

    /** Reads all records that were not read yet, in one go. */
    async load(refs: readonly StateRef[]): Promise<void> {
        const missing = new Map<StateKey, StateRef>();
        for (const ref of refs) if (!this.#records.has(ref.key)) missing.set(ref.key, ref);
        if (missing.size === 0) return;
        const wanted = [...missing.values()];
        const values = await this.#state.getMany(wanted.map((ref) => ref.key));
        wanted.forEach(({ table, key }, index) => {
            const bytes = values[index];
            const value = bytes === undefined ? undefined : decodeRecord(table, bytes);
            this.#records.set(key, { table, committed: { value }, current: value, isChanged: false });
        });
    }

    /** A record that was loaded; undefined if there is none. */
    get<V>(ref: StateRef<V>): V | undefined {
        const record = this.#records.get(ref.key);
        if (record === undefined) throw new Error(`${ref.table.name} was not loaded`);
        return record.current as V | undefined;
    }

    /** Loads one record and returns it. */
    async read<V>(ref: StateRef<V>): Promise<V | undefined> {
        await this.load([ref]);
        return this.get(ref);
    }

    /** Changes a record that was loaded, so that a concurrent change of it makes this transaction invalid. */
    put<V>(ref: StateRef<V>, value: V): void {
        this.#change(ref, value);
    }

    /** Deletes a record that was loaded. */
    delete(ref: StateRef): void {
        this.#change(ref, undefined);
    }

    /** Writes a record under a key that no other transaction can have: its parts include this transaction's id. */
    insertBlind<V>(ref: StateRef<V>, value: V): void {
        if (this.#records.has(ref.key)) throw new Error(`${ref.table.name} is not a blind insert`);
        this.#records.set(ref.key, { table: ref.table, committed: 'unread', current: value, isChanged: true });
    }

    /**
     * Deletes a record without reading it: one that holds no money, and whose fate another record decides that was read.
     */
    deleteBlind(ref: StateRef): void {
        const { table, key } = ref;
        if (this.#records.has(key) || table.bookOf !== undefined) throw new Error(`${table.name} is not deleted blind`);
        this.#records.set(key, { table, committed: 'unread', current: undefined, isChanged: true });
    }

    /** A page of a table's records below the given parts, in key order; only for queries. */
    async page<V>(
        table: StateTable<V>,
        parts: readonly string[],
        { pageSize, bookmark }: { readonly pageSize: number; readonly bookmark: string },
    ): Promise<{ readonly rows: readonly { parts: readonly string[]; value: V }[]; readonly bookmark: string }> {
        const { start, end } = keyRange([table.name, ...parts]);
        // A bookmark is a key: one outside the range would read another table.
        if (bookmark !== '' && (bookmark < start || bookmark >= end))
            invalid('bookmark', 'not a bookmark of this list');
        const page = await this.#state.page(start, end, pageSize, bookmark);
        const rows = page.entries.map(({ key, value }) => ({
            parts: decodeKey(key).slice(1),
            value: decodeRecord(table, value),
        }));
        return { rows, bookmark: page.bookmark };
    }

    /** The records of an asset's table that this transaction changes, as it found and as it leaves them. */
    changesOf<V>(table: StateTable<V>): readonly { asset: string; before: V | undefined; after: V | undefined }[] {
        const changed = [...this.#records].filter(([, record]) => record.isChanged && record.table === table);
        return changed.map(([key, { committed, current }]) => ({
            asset: decodeKey(key)[1] ?? '',
            before: committed === 'unread' ? undefined : (committed.value as V | undefined),
            after: current as V | undefined,
        }));
    }

    /** Checks that the books balance and writes every change, in key order. */
    async flush(): Promise<void> {
        const changed = [...this.#records].filter(([, record]) => record.isChanged);
        if (changed.length === 0) return;
        checkConservation(changed.flatMap(([key, record]) => bookEntry(key, record)));
        const writes: StateWrite[] = changed.map(([key, { table, current }]) => ({
            key,
            value: current === undefined ? undefined : encodeRecord(table, current),
        }));
        await this.#state.writeMany(writes.sort((a, b) => (a.key < b.key ? -1 : 1)));
    }

    #change<V>(ref: StateRef<V>, value: unknown): void {
        const record = this.#records.get(ref.key);
        if (record === undefined) throw new Error(`${ref.table.name} is changed without having been loaded`);
        this.#records.set(ref.key, { ...record, current: value, isChanged: true });
    }
}

function bookEntry(key: StateKey, { table, committed, current }: CachedRecord): readonly BookEntry[] {
    if (table.bookOf === undefined) return [];
    const asset = decodeKey(key)[1] ?? '';
    const before = committed === 'unread' || committed.value === undefined ? {} : table.bookOf(committed.value);
    return [{ asset, before, after: current === undefined ? {} : table.bookOf(current) }];
}
