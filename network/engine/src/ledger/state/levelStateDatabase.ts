// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode, encode } from '../../wire/decode.js';
import { ledger } from '../../wire/protobuf.js';
import { parseVersion, versionBytes, type Version } from './height.js';
import { HeldUpdates } from './heldUpdates.js';
import { writeBatch, type Level, type LevelOperation } from './level.js';
import { MetadataHint } from './metadataHint.js';
import { ReadCache } from './readCache.js';
import { SpaceReader } from './spaceReader.js';
import type { StateDatabase } from './stateDatabase.js';
import type { StateEntry, StateRange, VersionedValue } from './stateReader.js';
import type { UpdateBatch } from './updateBatch.js';

const savepointKey = Buffer.from('s');
const defaultCacheBytes = 16 * 1024 * 1024;
/** A few dozen blocks: more in one batch saves no more time. */
const mostHeldRows = 2_000;

/**
 * World state in LevelDB: rows `d <space> 00 <key>` and a savepoint. Readers of one height share one LevelDB snapshot;
 * readers of the latest height also share a cache.
 */
export class LevelStateDatabase implements StateDatabase {
    readonly #level: Level;
    readonly #cache: ReadCache;
    readonly #held = new HeldUpdates();
    readonly #latest: LatestValues;
    readonly #metadataHint: MetadataHint;
    #snapshot: SharedSnapshot;
    #savepoint: Version | undefined;

    constructor(level: Level, cacheBytes = defaultCacheBytes) {
        this.#level = level;
        this.#cache = new ReadCache(cacheBytes);
        this.#latest = { cache: this.#cache, held: this.#held };
        this.#snapshot = new SharedSnapshot(level);
        this.#savepoint = storedSavepoint(level);
        this.#metadataHint = MetadataHint.read(level, this.#savepoint === undefined);
    }

    get savepoint(): Version | undefined {
        return this.#savepoint;
    }

    newReader(): LevelReader {
        return new LevelReader(this.#level, this.#snapshot, this.#metadataHint, (snapshot) =>
            snapshot === this.#snapshot ? this.#latest : undefined,
        );
    }

    /** `alsoWrite`: rows of other key spaces that belong to the same block and go into the same atomic batch. */
    async apply(batch: UpdateBatch, savepoint: Version, alsoWrite: Iterable<LevelOperation> = []): Promise<void> {
        await this.writeHeld();
        const rows = rowsOf(batch);
        const savepointRow = { type: 'put' as const, key: savepointKey, value: versionBytes(savepoint) };
        await writeBatch(this.#level, [...rows, ...alsoWrite, ...this.#metadataHint.add(batch), savepointRow]);
        // From here on synchronously: snapshot, cache and savepoint change together.
        this.#updateCache(batch);
        const previous = this.#snapshot;
        this.#snapshot = new SharedSnapshot(this.#level);
        this.#savepoint = savepoint;
        previous.release();
    }

    #updateCache(batch: UpdateBatch): void {
        for (const [space, { entries }] of batch.spaces) {
            for (const [key, update] of entries) {
                if (update.value === undefined) {
                    this.#cache.delete(space, key);
                } else if (this.#cache.has(space, key)) {
                    this.#cache.set(space, key, { ...update, value: Buffer.from(update.value) });
                }
            }
        }
    }

    /**
     * As {@link apply}, for a replay: the block is written together with others, all of them or none. Until then readers get
     * its keys, and ranges do not have them.
     */
    async hold(batch: UpdateBatch, savepoint: Version, alsoWrite: Iterable<LevelOperation>): Promise<void> {
        this.#held.add(batch, rowsOf(batch), alsoWrite, this.#metadataHint.add(batch));
        this.#savepoint = savepoint;
        if (this.#held.rows.length >= mostHeldRows) await this.writeHeld();
    }

    /** Writes what is held. */
    async writeHeld(): Promise<void> {
        if (this.#held.rows.length === 0 || this.#savepoint === undefined) return;
        const savepointRow = { type: 'put' as const, key: savepointKey, value: versionBytes(this.#savepoint) };
        await writeBatch(this.#level, [...this.#held.rows, savepointRow]);
        for (const [space, key] of this.#held.keys()) this.#cache.delete(space, key);
        this.#held.clear();
        const previous = this.#snapshot;
        this.#snapshot = new SharedSnapshot(this.#level);
        previous.release();
    }

    close(): Promise<void> {
        this.#snapshot.release();
        return Promise.resolve();
    }
}

/** What readers of the latest height need not ask LevelDB for. */
interface LatestValues {
    readonly cache: ReadCache;
    readonly held: HeldUpdates;
}

/** Last transaction that the state in a database contains; undefined when it has none. */
export function storedSavepoint(level: Level): Version | undefined {
    const stored = level.getSync(savepointKey);
    return stored && parseVersion(stored);
}

/** A LevelDB snapshot that is closed when its last user has let go of it; whoever creates it is the first. */
class SharedSnapshot {
    readonly readOptions: { snapshot: ReturnType<Level['snapshot']>; keyEncoding: 'buffer'; valueEncoding: 'buffer' };
    #users = 1;

    constructor(level: Level) {
        this.readOptions = { snapshot: level.snapshot(), keyEncoding: 'buffer', valueEncoding: 'buffer' };
    }

    retain(): void {
        this.#users++;
    }

    release(): void {
        this.#users--;
        if (this.#users === 0) {
            void this.readOptions.snapshot.close();
        }
    }
}

/** Reads of one height; what else is read for the same transaction can use its snapshot. */
export class LevelReader extends SpaceReader {
    readonly #level: Level;
    readonly #snapshot: SharedSnapshot;
    readonly #metadataHint: MetadataHint;
    readonly #latestFor: (snapshot: SharedSnapshot) => LatestValues | undefined;
    #released = false;

    constructor(
        level: Level,
        snapshot: SharedSnapshot,
        metadataHint: MetadataHint,
        latestFor: (snapshot: SharedSnapshot) => LatestValues | undefined,
    ) {
        super();
        this.#level = level;
        this.#snapshot = snapshot;
        this.#metadataHint = metadataHint;
        this.#latestFor = latestFor;
        snapshot.retain();
    }

    get snapshot(): ReturnType<Level['snapshot']> {
        return this.#snapshot.readOptions.snapshot;
    }

    get(space: string, key: string): VersionedValue | undefined {
        const latest = this.#latestFor(this.#snapshot);
        if (latest?.held.has(space, key) === true) return latest.held.get(space, key);
        const cache = latest?.cache;
        const cached = cache?.get(space, key);
        if (cached !== undefined) {
            return cached;
        }
        const row = this.#level.getSync<Buffer, Buffer>(rowKey(space, key), this.#snapshot.readOptions);
        if (row === undefined) {
            return undefined;
        }
        const value = parseRow(row);
        cache?.set(space, key, value);
        return value;
    }

    override metadataOf(space: string, key: string): Buffer | undefined {
        return this.#metadataHint.mayHave(space) ? super.metadataOf(space, key) : undefined;
    }

    range(space: string, startKey: string, endKey: string): StateRange {
        const iterator = this.#level.iterator<Buffer, Buffer>({
            ...this.#snapshot.readOptions,
            gte: rowKey(space, startKey),
            lt: endKey === '' ? endOfSpace(space) : rowKey(space, endKey),
        });
        const prefixLength = rowKey(space, '').length;
        let closed = false;
        return {
            next: async (count) => {
                const entries: StateEntry[] = [];
                while (entries.length < count) {
                    const rows = await iterator.nextv(Math.min(count - entries.length, mostRowsAtOnce));
                    if (rows.length === 0) {
                        break;
                    }
                    for (const [key, row] of rows) {
                        entries.push({ key: key.toString('utf8', prefixLength), ...parseRow(row) });
                    }
                }
                return entries;
            },
            close: async () => {
                if (!closed) {
                    closed = true;
                    await iterator.close();
                }
            },
        };
    }

    release(): void {
        if (!this.#released) {
            this.#released = true;
            this.#snapshot.release();
        }
    }
}

const mostRowsAtOnce = 1000;

function* rowsOf(batch: UpdateBatch): Generator<LevelOperation> {
    for (const [space, { entries }] of batch.spaces) {
        for (const [key, { value, version, metadata }] of entries) {
            if (value === undefined) {
                yield { type: 'del', key: rowKey(space, key) };
            } else {
                const row = { version: versionBytes(version), value, ...(metadata !== undefined && { metadata }) };
                yield { type: 'put', key: rowKey(space, key), value: encode(ledger.DBValue, row) };
            }
        }
    }
}

function parseRow(row: Buffer): VersionedValue {
    const { version, value, metadata } = decode(ledger.DBValue, row, 'DBValue');
    return {
        value: asBuffer(value),
        version: parseVersion(version),
        ...(metadata.length > 0 && { metadata: asBuffer(metadata) }),
    };
}

function rowKey(space: string, key: string): Buffer {
    return Buffer.from(`d${space}\0${key}`);
}

function endOfSpace(space: string): Buffer {
    return Buffer.from(`d${space}\u0001`);
}
