// SPDX-License-Identifier: Apache-2.0
import type { kvrwset } from '../../wire/protobuf.js';
import { RangeResults } from './rangeResults.js';
import type { StateEntry, StateRange } from '../state/stateReader.js';

/** Results that travel to the chaincode in one message (core/chaincode/query_response_generator.go). */
export const resultsPerBatch = 100;

interface RangeQuery {
    readonly startKey: string;
    readonly endKey: string;
    /** Most results of the whole query; reaching it ends the query without exhausting the range. */
    readonly totalLimit: number;
    readonly paginated: boolean;
}

export interface RangeBatch {
    readonly results: readonly { readonly namespace: string; readonly key: string; readonly value: Buffer }[];
    readonly hasMore: boolean;
    /** Set on paginated queries: where the next page starts ('' behind the last), and how many results this one has. */
    readonly page?: { readonly bookmark: string; readonly fetchedRecordsCount: number };
}

/**
 * A running range query. What it fetches, not what the chaincode consumes, is what the read set records: a batch holds
 * up to 100 results, and one result more is fetched to learn whether there is another batch.
 */
export class RangeIterator {
    readonly #namespace: string;
    readonly #range: StateRange;
    readonly #query: RangeQuery;
    readonly #recorded = new RangeResults();
    #lastKey = '';
    #fetched = 0;
    #exhausted = false;
    #closed = false;
    /** The result fetched ahead, first of the next batch. */
    #ahead: StateEntry | undefined;

    constructor(namespace: string, range: StateRange, query: RangeQuery) {
        this.#namespace = namespace;
        this.#range = range;
        this.#query = query;
    }

    /** The next results in UTF-8 key order. After a batch without `hasMore` the iterator is closed. */
    async nextBatch(): Promise<RangeBatch> {
        const batch = this.#ahead === undefined ? [] : [this.#ahead];
        this.#ahead = undefined;
        // A page is never cut, however long: pagination asks for all of it in one message.
        const wanted = this.#query.paginated ? Infinity : resultsPerBatch + 1;
        batch.push(...(await this.#fetch(wanted - batch.length)));
        if (batch.length > resultsPerBatch && !this.#query.paginated) {
            this.#ahead = batch.pop();
            return { results: this.#resultsOf(batch), hasMore: true };
        }
        const page = this.#query.paginated && {
            page: { bookmark: await this.#bookmark(), fetchedRecordsCount: this.#fetched },
        };
        await this.close();
        return { results: this.#resultsOf(batch), hasMore: false, ...page };
    }

    /** Gives up the rest of the range; what was fetched stays in the read set. */
    async close(): Promise<void> {
        if (!this.#closed) {
            this.#closed = true;
            await this.#range.close();
        }
    }

    /** Entry of the read set for what was fetched. */
    recorded(): kvrwset.RangeQueryInfo.$Properties {
        const { startKey, endKey } = this.#query;
        const end = this.#exhausted ? endKey : this.#lastKey;
        return {
            ...(startKey !== '' && { startKey }),
            ...(end !== '' && { endKey: end }),
            ...(this.#exhausted && { itrExhausted: true }),
            ...this.#recorded.finish(),
        };
    }

    async #fetch(wanted: number): Promise<readonly StateEntry[]> {
        const allowed = this.#query.totalLimit - this.#fetched;
        if (this.#closed || this.#exhausted || allowed <= 0) {
            return [];
        }
        const count = Math.min(wanted, allowed);
        const entries = await this.#range.next(count);
        this.#exhausted = entries.length < count;
        for (const { key, version } of entries) {
            this.#recorded.add(key, version);
            this.#lastKey = key;
        }
        this.#fetched += entries.length;
        return entries;
    }

    async #bookmark(): Promise<string> {
        if (this.#exhausted) {
            return '';
        }
        const [next] = await this.#range.next(1);
        return next?.key ?? '';
    }

    #resultsOf(entries: readonly StateEntry[]): RangeBatch['results'] {
        return entries.map(({ key, value }) => ({ namespace: this.#namespace, key, value }));
    }
}
