// SPDX-License-Identifier: Apache-2.0
import { compareUtf8 } from '../../wire/orderedBytes.js';
import type { Version } from './height.js';
import { SpaceReader } from './spaceReader.js';
import type { StateDatabase } from './stateDatabase.js';
import type { StateEntry, StateRange, StateReader, VersionedValue } from './stateReader.js';
import type { SpaceUpdates, StateUpdate, UpdateBatch } from './updateBatch.js';

/** World state in memory, for tests: the same readers and batches as on disk, gone with the process. */
export class MemoryStateDatabase implements StateDatabase {
    readonly #spaces = new Map<string, Space>();
    #savepoint: Version | undefined;

    get savepoint(): Version | undefined {
        return this.#savepoint;
    }

    newReader(): StateReader {
        const snapshot = new Map<string, Space>();
        for (const [name, space] of this.#spaces) {
            space.shared = true;
            snapshot.set(name, space);
        }
        return new MemoryReader(snapshot);
    }

    apply(batch: UpdateBatch, savepoint: Version): Promise<void> {
        for (const [name, updates] of batch.spaces) {
            this.#writable(name).apply(updates);
        }
        this.#savepoint = savepoint;
        return Promise.resolve();
    }

    close(): Promise<void> {
        return Promise.resolve();
    }

    /** A space that readers hold is left to them and copied on its first change. */
    #writable(name: string): Space {
        const known = this.#spaces.get(name);
        if (known !== undefined && !known.shared) {
            return known;
        }
        const space = new Space(known);
        this.#spaces.set(name, space);
        return space;
    }
}

class Space {
    readonly values: Map<string, VersionedValue>;
    shared = false;
    #sorted: readonly string[] | undefined;

    constructor(original?: Space) {
        this.values = new Map(original?.values);
        this.#sorted = original && original.#sorted;
    }

    apply({ entries }: SpaceUpdates): void {
        for (const [key, update] of entries) {
            if (update.value === undefined) {
                this.#sorted = this.values.delete(key) ? undefined : this.#sorted;
            } else {
                this.#sorted = this.values.has(key) ? this.#sorted : undefined;
                this.values.set(key, copyOf(update, update.value));
            }
        }
    }

    sortedKeys(): readonly string[] {
        this.#sorted ??= [...this.values.keys()].sort(compareUtf8);
        return this.#sorted;
    }
}

class MemoryReader extends SpaceReader {
    readonly #spaces: ReadonlyMap<string, Space>;

    constructor(spaces: ReadonlyMap<string, Space>) {
        super();
        this.#spaces = spaces;
    }

    get(space: string, key: string): VersionedValue | undefined {
        return this.#spaces.get(space)?.values.get(key);
    }

    range(space: string, startKey: string, endKey: string): StateRange {
        const found = this.#spaces.get(space);
        return new MemoryRange(found, startKey, endKey);
    }

    release(): void {
        // Nothing is pinned: an unreferenced copy is collected.
    }
}

class MemoryRange implements StateRange {
    readonly #space: Space | undefined;
    readonly #keys: readonly string[];
    readonly #endKey: string;
    #next: number;

    constructor(space: Space | undefined, startKey: string, endKey: string) {
        this.#space = space;
        this.#keys = space?.sortedKeys() ?? [];
        this.#endKey = endKey;
        this.#next = lowerBound(this.#keys, startKey);
    }

    next(count: number): Promise<readonly StateEntry[]> {
        const entries: StateEntry[] = [];
        while (entries.length < count) {
            const key = this.#keys[this.#next];
            const value = key === undefined ? undefined : this.#space?.values.get(key);
            if (key === undefined || value === undefined || this.#isBehindEnd(key)) {
                break;
            }
            entries.push({ key, ...value });
            this.#next++;
        }
        return Promise.resolve(entries);
    }

    close(): Promise<void> {
        return Promise.resolve();
    }

    #isBehindEnd(key: string): boolean {
        return this.#endKey !== '' && compareUtf8(key, this.#endKey) >= 0;
    }
}

/** Index of the first key that is not below `key`. */
function lowerBound(keys: readonly string[], key: string): number {
    let low = 0;
    let high = keys.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (compareUtf8(keys[middle] ?? '', key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** Updates hold slices of their block, which must not stay in memory for them. */
function copyOf({ version, metadata }: StateUpdate, value: Buffer): VersionedValue {
    return { value: Buffer.from(value), version, ...(metadata !== undefined && { metadata }) };
}
