// SPDX-License-Identifier: Apache-2.0
import { resultsPerBatch, type RangeBatch } from './rangeIterator.js';
import type { StateEntry, StateRange } from '../state/stateReader.js';

/** A running range query over private clear text: without limit, pages and read set, as in Fabric. */
export class PrivateRangeIterator {
    readonly #namespace: string;
    readonly #range: StateRange;
    /** The result fetched ahead, first of the next batch. */
    #ahead: readonly StateEntry[] = [];
    #closed = false;

    constructor(namespace: string, range: StateRange) {
        this.#namespace = namespace;
        this.#range = range;
    }

    /** The next results in UTF-8 key order. After a batch without `hasMore` the iterator is closed. */
    async nextBatch(): Promise<RangeBatch> {
        const fetched = this.#closed ? [] : await this.#range.next(resultsPerBatch + 1 - this.#ahead.length);
        const entries = [...this.#ahead, ...fetched];
        this.#ahead = entries.splice(resultsPerBatch);
        const hasMore = this.#ahead.length > 0;
        if (!hasMore) {
            await this.close();
        }
        return { results: entries.map(({ key, value }) => ({ namespace: this.#namespace, key, value })), hasMore };
    }

    async close(): Promise<void> {
        if (!this.#closed) {
            this.#closed = true;
            await this.#range.close();
        }
    }
}
