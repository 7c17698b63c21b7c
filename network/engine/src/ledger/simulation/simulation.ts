// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../../wire/hashing.js';
import { formatVersion, sameVersion } from '../state/height.js';
import { checkCollectionUse, type CollectionRules, type CollectionUse } from '../privateData/collectionAccess.js';
import { HistoryIterator } from '../state/historyIterator.js';
import { RangeIterator } from './rangeIterator.js';
import { ReadWriteSetBuilder, type SimulationResults } from './readWriteSetBuilder.js';
import { SimulationError } from './simulationError.js';
import { PrivateRangeIterator } from './privateRangeIterator.js';
import { parseMetadata } from '../state/stateMetadata.js';
import { privateSpace } from '../state/stateSpace.js';
import type { HistoryReader, StateReader } from '../state/stateReader.js';

/** `ledger.state.totalQueryLimit` when it is not set. */
const defaultTotalQueryLimit = 10_000;

interface SimulationOptions extends CollectionRules {
    readonly txId: string;
    /** Committed state; the simulation releases it when it finishes. */
    readonly reader: StateReader;
    /** Absent when the history database is switched off. */
    readonly history?: HistoryReader;
    /** Most results of one range or history query. */
    readonly totalQueryLimit?: number;
}

export interface RangeOptions {
    /** Results per page; 0 or absent for an ordinary query, negative for a page without end. */
    readonly pageSize?: number;
    /** Where a page starts, from the page before; replaces the start key. */
    readonly bookmark?: string;
}

/**
 * Runs one transaction on a snapshot and records what it reads and writes. Reads answer committed state only, never the
 * transaction's own writes (core/ledger/kvledger/txmgmt/txmgr/tx_simulator.go). Refusals are SimulationErrors.
 */
export class Simulation {
    readonly txId: string;
    readonly #options: SimulationOptions;
    readonly #reader: StateReader;
    readonly #set = new ReadWriteSetBuilder();
    readonly #ranges: { readonly namespace: string; readonly iterator: RangeIterator }[] = [];
    readonly #histories: HistoryIterator[] = [];
    readonly #privateRanges: PrivateRangeIterator[] = [];
    #wrote = false;
    #paginated = false;
    #queriedPrivately = false;
    #finished = false;

    constructor(options: SimulationOptions) {
        this.txId = options.txId;
        this.#options = options;
        this.#reader = options.reader;
    }

    getState(namespace: string, key: string): Buffer | undefined {
        this.#assertUsable(key);
        const found = this.#reader.get(namespace, key);
        this.#set.addRead(namespace, key, found?.version);
        return found?.value;
    }

    getStates(namespace: string, keys: readonly string[]): (Buffer | undefined)[] {
        return keys.map((key) => this.getState(namespace, key));
    }

    /** An empty value deletes the key. */
    setState(namespace: string, key: string, value: Buffer): void {
        this.#assertMayWrite(key);
        this.#set.addWrite(namespace, key, value.length === 0 ? undefined : value);
    }

    deleteState(namespace: string, key: string): void {
        this.#assertMayWrite(key);
        this.#set.addWrite(namespace, key, undefined);
    }

    getStateMetadata(namespace: string, key: string): ReadonlyMap<string, Buffer> {
        this.#assertUsable(key);
        const found = this.#reader.get(namespace, key);
        this.#set.addRead(namespace, key, found?.version);
        return parseMetadata(found?.metadata);
    }

    /** Replaces all metadata of the key; empty metadata clears it. */
    setStateMetadata(namespace: string, key: string, metadata: ReadonlyMap<string, Buffer>): void {
        this.#assertMayWrite(key);
        this.#set.addMetadataWrite(namespace, key, metadata);
    }

    /** `startKey` inclusive, `endKey` exclusive; empty means first key, or behind the last key of the namespace. */
    range(namespace: string, startKey: string, endKey: string, options: RangeOptions = {}): RangeIterator {
        this.#assertUsable(startKey, endKey);
        const { pageSize = 0, bookmark = '' } = options;
        const paginated = pageSize !== 0 || bookmark !== '';
        if (paginated && this.#wrote) {
            throw this.#unsupported('Paginated queries are supported only in a read-only transaction');
        }
        this.#paginated ||= paginated;
        const total = this.#options.totalQueryLimit ?? defaultTotalQueryLimit;
        const from = bookmark === '' ? startKey : bookmark;
        const iterator = new RangeIterator(namespace, this.#reader.range(namespace, from, endKey), {
            startKey: from,
            endKey,
            totalLimit: pageSize > 0 ? Math.min(pageSize, total) : total,
            paginated,
        });
        this.#ranges.push({ namespace, iterator });
        return iterator;
    }

    /** Committed values of a key, newest first; leaves no trace in the read set. */
    historyForKey(namespace: string, key: string): HistoryIterator {
        this.#assertUsable(key);
        if (this.#options.history === undefined) {
            throw new SimulationError('history database is not enabled');
        }
        const limit = this.#options.totalQueryLimit ?? defaultTotalQueryLimit;
        const iterator = new HistoryIterator(this.#options.history.history(namespace, key), limit);
        this.#histories.push(iterator);
        return iterator;
    }

    /** Refuses when this peer lacks the clear text that belongs to the public hash. */
    getPrivateData(namespace: string, collection: string, key: string): Buffer | undefined {
        this.#useCollection(namespace, collection, 'read', key);
        const hashed = this.#reader.getHashed(namespace, collection, hashOf(key));
        const clear = this.#reader.getPrivate(namespace, collection, key);
        if (!sameVersion(hashed?.version, clear?.version)) {
            throw new SimulationError(
                'private data matching public hash version is not available. Public hash version = ' +
                    `${formatVersion(hashed?.version)}, Private data version = ${formatVersion(clear?.version)}`,
            );
        }
        this.#set.addPrivateRead(namespace, collection, key, hashed?.version);
        return clear?.value;
    }

    /** SHA-256 of the private value. */
    getPrivateDataHash(namespace: string, collection: string, key: string): Buffer | undefined {
        this.#useCollection(namespace, collection, 'hash', key);
        const found = this.#reader.getHashed(namespace, collection, hashOf(key));
        this.#set.addHashedRead(namespace, collection, key, found?.version);
        return found?.value;
    }

    /** An empty value deletes the key. */
    setPrivateData(namespace: string, collection: string, key: string, value: Buffer): void {
        this.#mayWritePrivately(namespace, collection, key);
        this.#set.addPrivateWrite(namespace, collection, key, value.length === 0 ? undefined : value);
    }

    deletePrivateData(namespace: string, collection: string, key: string): void {
        this.#mayWritePrivately(namespace, collection, key);
        this.#set.addPrivateWrite(namespace, collection, key, undefined);
    }

    /** As {@link deletePrivateData}, and members forget the values that the key ever had. */
    purgePrivateData(namespace: string, collection: string, key: string): void {
        this.#mayWritePrivately(namespace, collection, key);
        this.#set.addPrivatePurge(namespace, collection, key);
    }

    /**
     * Clear text that this peer has, bounds as in {@link range}. Leaves no trace in the read set, so phantoms go unnoticed
     * and such a transaction may not write.
     */
    privateRange(namespace: string, collection: string, startKey: string, endKey: string): PrivateRangeIterator {
        this.#useCollection(namespace, collection, 'read', startKey, endKey);
        if (this.#wrote) {
            throw this.#unsupported('Queries on pvt data is supported only in a read-only transaction');
        }
        this.#queriedPrivately = true;
        const range = this.#reader.range(privateSpace(namespace, collection), startKey, endKey);
        const iterator = new PrivateRangeIterator(namespace, range);
        this.#privateRanges.push(iterator);
        return iterator;
    }

    getPrivateMetadata(namespace: string, collection: string, key: string): ReadonlyMap<string, Buffer> {
        this.#useCollection(namespace, collection, 'read', key);
        const found = this.#reader.getHashed(namespace, collection, hashOf(key));
        this.#set.addHashedRead(namespace, collection, key, found?.version);
        return parseMetadata(found?.metadata);
    }

    setPrivateMetadata(
        namespace: string,
        collection: string,
        key: string,
        metadata: ReadonlyMap<string, Buffer>,
    ): void {
        this.#mayWritePrivately(namespace, collection, key);
        this.#set.addPrivateMetadataWrite(namespace, collection, key, metadata);
    }

    /** Ends the simulation, closes its queries and returns the read-write set of everything it did. */
    finish(): SimulationResults {
        this.#assertUsable();
        for (const { namespace, iterator } of this.#ranges) {
            this.#set.addRange(namespace, iterator.recorded());
        }
        const results = this.#set.build();
        this.abandon();
        return results;
    }

    /** Ends the simulation without results; harmless after {@link finish}. */
    abandon(): void {
        if (this.#finished) {
            return;
        }
        this.#finished = true;
        const open = [...this.#ranges.map(({ iterator }) => iterator), ...this.#histories, ...this.#privateRanges];
        // Cursors hold on to the snapshot themselves until they are closed; nobody waits for that.
        void Promise.allSettled(open.map((cursor) => cursor.close()));
        this.#reader.release();
    }

    #mayWritePrivately(namespace: string, collection: string, key: string): void {
        this.#useCollection(namespace, collection, 'write', key);
        this.#assertMayWrite(key);
    }

    /**
     * Application chaincode that touches a collection depends on its definition, so the definition is read too, also
     * when it turns out that the collection may not be used.
     */
    #useCollection(namespace: string, collection: string, use: CollectionUse, ...keys: string[]): void {
        this.#assertUsable(...keys);
        if (namespace !== '_lifecycle') this.#readDefinition(namespace);
        checkCollectionUse(this.#reader, this.#options, namespace, collection, use);
    }

    #readDefinition(namespace: string): void {
        this.getState('_lifecycle', `namespaces/metadata/${namespace}`);
        for (const field of ['Sequence', 'Collections', 'EndorsementInfo', 'ValidationInfo']) {
            this.getState('_lifecycle', `namespaces/fields/${namespace}/${field}`);
        }
    }

    #assertUsable(...keys: string[]): void {
        if (this.#finished) {
            throw new SimulationError('this instance should not be used after calling Done()');
        }
        if (keys.some((key) => loneSurrogate.test(key))) {
            throw new SimulationError('unmarshal failed: string field contains invalid UTF-8');
        }
    }

    #assertMayWrite(key: string): void {
        this.#assertUsable(key);
        if (this.#queriedPrivately) {
            throw this.#unsupported('Transaction has already performed queries on pvt data. Writes are not allowed');
        }
        if (this.#paginated) {
            throw this.#unsupported('Transaction has already performed a paginated query. Writes are not allowed');
        }
        this.#wrote = true;
    }

    #unsupported(reason: string): SimulationError {
        return new SimulationError(`txid [${this.txId}]: unsuppored transaction. ${reason}`);
    }
}

const loneSurrogate = /\p{Surrogate}/u;

function hashOf(key: string): Buffer {
    return sha256(Buffer.from(key));
}
