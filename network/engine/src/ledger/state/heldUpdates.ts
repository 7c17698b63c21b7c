// SPDX-License-Identifier: Apache-2.0
import type { LevelOperation } from './level.js';
import type { UpdateBatch } from './updateBatch.js';
import type { VersionedValue } from './stateReader.js';

/** Rows of several blocks that are written together, and the values that they will give to keys. */
export class HeldUpdates {
    #rows: LevelOperation[] = [];
    /** By space, then by key; undefined for a key that is deleted. */
    readonly #values = new Map<string, Map<string, VersionedValue | undefined>>();

    get rows(): readonly LevelOperation[] {
        return this.#rows;
    }

    add(batch: UpdateBatch, ...groups: Iterable<LevelOperation>[]): void {
        for (const rows of groups) {
            for (const row of rows) this.#rows.push(row);
        }
        for (const [space, { entries }] of batch.spaces) {
            const values = this.#values.get(space) ?? new Map<string, VersionedValue | undefined>();
            this.#values.set(space, values);
            for (const [key, { value, ...update }] of entries) values.set(key, value && { ...update, value });
        }
    }

    has(space: string, key: string): boolean {
        return this.#values.get(space)?.has(key) === true;
    }

    get(space: string, key: string): VersionedValue | undefined {
        return this.#values.get(space)?.get(key);
    }

    /** The keys that have values. */
    *keys(): Generator<readonly [space: string, key: string]> {
        for (const [space, values] of this.#values) {
            for (const key of values.keys()) yield [space, key];
        }
    }

    clear(): void {
        this.#rows = [];
        this.#values.clear();
    }
}
