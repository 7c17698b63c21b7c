// SPDX-License-Identifier: Apache-2.0
import { resultsPerBatch } from '../simulation/rangeIterator.js';
import type { HistoryCursor, KeyModification } from './stateReader.js';

interface HistoryBatch {
    readonly results: readonly KeyModification[];
    readonly hasMore: boolean;
}

/** A running history query, cut into the batches that travel to the chaincode. */
export class HistoryIterator {
    readonly #cursor: HistoryCursor;
    readonly #totalLimit: number;
    #fetched = 0;
    #ahead: KeyModification | undefined;
    #closed = false;

    constructor(cursor: HistoryCursor, totalLimit: number) {
        this.#cursor = cursor;
        this.#totalLimit = totalLimit;
    }

    /** Up to 100 records, newest first. After a batch without `hasMore` the iterator is closed. */
    async nextBatch(): Promise<HistoryBatch> {
        const results = this.#ahead === undefined ? [] : [this.#ahead];
        this.#ahead = undefined;
        const count = Math.min(resultsPerBatch + 1 - results.length, this.#totalLimit - this.#fetched);
        if (count > 0 && !this.#closed) {
            const records = await this.#cursor.next(count);
            this.#fetched += records.length;
            results.push(...records);
        }
        if (results.length > resultsPerBatch) {
            this.#ahead = results.pop();
            return { results, hasMore: true };
        }
        await this.close();
        return { results, hasMore: false };
    }

    async close(): Promise<void> {
        if (!this.#closed) {
            this.#closed = true;
            await this.#cursor.close();
        }
    }
}
