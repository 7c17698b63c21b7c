// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { HistoryIterator } from '../ledger/state/historyIterator.js';
import type { PrivateRangeIterator } from '../ledger/simulation/privateRangeIterator.js';
import type { RangeIterator } from '../ledger/simulation/rangeIterator.js';
import type { KeyModification } from '../ledger/state/stateReader.js';
import { encode } from '../wire/decode.js';
import { protos, queryresult } from '../wire/protobuf.js';

interface Batch {
    readonly results: readonly Buffer[];
    readonly hasMore: boolean;
    readonly metadata?: Buffer;
}

type AnyRange = RangeIterator | PrivateRangeIterator;

interface OpenQuery {
    nextBatch(): Promise<Batch>;
    close(): Promise<void>;
}

/** The queries a transaction has open. A query is forgotten with its last batch (core/chaincode/query_response_generator.go). */
export class OpenQueries {
    readonly #queries = new Map<string, OpenQuery>();

    openRange(iterator: AnyRange): Promise<Buffer> {
        return this.#open(new RangeQuery(iterator));
    }

    openHistory(iterator: HistoryIterator): Promise<Buffer> {
        return this.#open(new HistoryQuery(iterator));
    }

    /** The next QueryResponse of a query that said it has more. */
    next(id: string): Promise<Buffer> {
        const query = this.#queries.get(id);
        if (query === undefined) throw new Error('query iterator not found');
        return this.#respond(id, query);
    }

    /** Succeeds for any id: shims close iterators that ended by themselves. */
    async close(id: string): Promise<Buffer> {
        await this.#queries.get(id)?.close();
        this.#queries.delete(id);
        return encode(protos.QueryResponse, id === '' ? {} : { id });
    }

    async closeAll(): Promise<void> {
        const open = [...this.#queries.values()];
        this.#queries.clear();
        await Promise.all(open.map((query) => query.close()));
    }

    #open(query: OpenQuery): Promise<Buffer> {
        const id = randomUUID();
        this.#queries.set(id, query);
        return this.#respond(id, query);
    }

    async #respond(id: string, query: OpenQuery): Promise<Buffer> {
        const { results, hasMore, metadata } = await query.nextBatch();
        if (!hasMore) {
            this.#queries.delete(id);
            await query.close();
        }
        return encode(protos.QueryResponse, {
            results: results.map((resultBytes) => ({ resultBytes })),
            ...(hasMore && { hasMore }),
            id,
            ...(metadata !== undefined && { metadata }),
        });
    }
}

class RangeQuery implements OpenQuery {
    readonly #iterator: AnyRange;

    constructor(iterator: AnyRange) {
        this.#iterator = iterator;
    }

    async nextBatch(): Promise<Batch> {
        const { results, hasMore, page } = await this.#iterator.nextBatch();
        return {
            results: results.map((row) => encode(queryresult.KV, withoutDefaults(row))),
            hasMore,
            ...(page !== undefined && { metadata: encode(protos.QueryResponseMetadata, withoutDefaults(page)) }),
        };
    }

    close(): Promise<void> {
        return this.#iterator.close();
    }
}

class HistoryQuery implements OpenQuery {
    readonly #iterator: HistoryIterator;

    constructor(iterator: HistoryIterator) {
        this.#iterator = iterator;
    }

    async nextBatch(): Promise<Batch> {
        const { results, hasMore } = await this.#iterator.nextBatch();
        return { results: results.map(encodeModification), hasMore };
    }

    close(): Promise<void> {
        return this.#iterator.close();
    }
}

function encodeModification({ txId, value, timestamp, isDelete }: KeyModification): Buffer {
    return encode(queryresult.KeyModification, {
        txId,
        value,
        timestamp: withoutDefaults(timestamp),
        ...(isDelete && { isDelete }),
    });
}

/** Go omits fields at their default; the generated encoder writes what is set. */
function withoutDefaults<T extends object>(message: T): Partial<T> {
    return Object.fromEntries(Object.entries(message).filter(([, value]) => value !== '' && value !== 0)) as Partial<T>;
}
