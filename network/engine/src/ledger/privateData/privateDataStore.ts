// SPDX-License-Identifier: Apache-2.0
import { decode, encode } from '../../wire/decode.js';
import { encodeOrderPreservingVarint } from '../../wire/orderedBytes.js';
import { kvrwset } from '../../wire/protobuf.js';
import { hashedKeyOf } from '../state/stateSpace.js';
import { isAfter, parseVersion, readOrderPreservingVarint, versionBytes, type Version } from '../state/height.js';
import { writeBatch, type Level, type LevelOperation } from '../state/level.js';
import type { PrivateKeyAt } from './privateWrites.js';
import type { PurgedKey } from './purges.js';

/** One collection of one transaction in a block. */
export interface CollectionWrite {
    readonly version: Version;
    readonly namespace: string;
    readonly collection: string;
}

/** Its clear text: a serialised KVRWSet. */
export interface ClearWrite extends CollectionWrite {
    readonly rwset: Buffer;
}

/** Block with which the data of a collection expires; undefined for never. */
export type ExpiryOf = (write: CollectionWrite) => number | undefined;

/** Values that are to be gone, with the rows that remove them from the store: both are written with the block's state. */
interface Forgetting {
    readonly forgotten: readonly PrivateKeyAt[];
    readonly rows: readonly LevelOperation[];
}

/** Rows: what is there, what is missing, which rows hold a key, up to where a key was purged, what expires when. */
const prefix = { present: 'p', missing: 'm', holders: 'i', purged: 'x', expiry: 'e' } as const;

/** First letters of the rows, which lie in one database with the state. */
export const privateDataPrefixes: readonly string[] = Object.values(prefix);

/**
 * Clear text of private writes by block, transaction and collection, and what of it this peer lacks
 * (core/ledger/pvtdatastorage). It is not in the blocks, so it must be on disk before its block is: a replay of the block
 * takes it from here.
 */
export class PrivateDataStore {
    readonly #level: Level;
    /** Whether there is no row; unknown until somebody looks. */
    #isEmpty: boolean | undefined;

    constructor(level: Level) {
        this.#level = level;
    }

    /** Durable when it resolves; writing a block again replaces nothing but itself. */
    async put(present: readonly ClearWrite[], missing: readonly CollectionWrite[], expiryOf: ExpiryOf): Promise<void> {
        const rows = [
            ...present.flatMap((write) => this.rowsOf(write, expiryOf)),
            ...missing.flatMap((write) => [putRow(rowKey('missing', write)), ...expiryRow(write, expiryOf)]),
        ];
        if (rows.length === 0) return;
        this.#isEmpty = false;
        await writeBatch(this.#level, rows, true);
    }

    /** Rows that store one write, which is then missing no more. */
    rowsOf(write: ClearWrite, expiryOf: ExpiryOf): LevelOperation[] {
        this.#isEmpty = false;
        return [
            putRow(rowKey('present', write), write.rwset),
            { type: 'del', key: rowKey('missing', write) },
            ...keysIn(write, write.rwset).map((held) => putRow(holderKeyOf(held))),
            ...expiryRow(write, expiryOf),
        ];
    }

    /** Everything there is of one block, in order of its transactions. */
    async get(blockNum: number): Promise<ClearWrite[]> {
        const rows = await this.#rows(Buffer.concat([Buffer.from(prefix.present), number(blockNum)]));
        return rows.map(([key, rwset]) => ({ ...parseRowKey(key, 1), rwset }));
    }

    /** One write; undefined when this peer does not have it. */
    find(write: CollectionWrite): Buffer | undefined {
        return this.#level.getSync(rowKey('present', write));
    }

    /** Up to `count` missing writes that `isWanted`, newest first, beginning behind `last`. */
    async missing(
        count: number,
        isWanted: (write: CollectionWrite) => boolean,
        last?: CollectionWrite,
    ): Promise<CollectionWrite[]> {
        const wanted: CollectionWrite[] = [];
        const start = Buffer.from(prefix.missing);
        const range = { gte: start, lt: last === undefined ? endOf(start) : rowKey('missing', last), reverse: true };
        for await (const key of this.#level.keys(range)) {
            const write = parseRowKey(key, 1);
            if (isWanted(write)) wanted.push(write);
            if (wanted.length >= count) break;
        }
        return wanted;
    }

    isMissing(write: CollectionWrite): boolean {
        return this.#level.getSync(rowKey('missing', write)) !== undefined;
    }

    /** Last transaction that purged a key; its values up to there are not to be taken from anybody. */
    purgedAt(key: Omit<PurgedKey, 'version'>): Version | undefined {
        const stored = this.#level.getSync(purgeKey(key));
        return stored && parseVersion(stored);
    }

    /** What of the store purged keys leave behind; see {@link Forgetting}. */
    async purge(purges: readonly PurgedKey[]): Promise<Forgetting> {
        const forgotten: PrivateKeyAt[] = [];
        const rows: LevelOperation[] = [];
        const latest = new Map<string, Buffer>();
        for (const purged of purges) {
            rows.push(putRow(purgeKey(purged), versionBytes(purged.version)));
            const holders = holderPrefix(purged);
            for (const [key] of await this.#rows(holders)) {
                const write: CollectionWrite = { ...purged, version: parseVersion(key.subarray(holders.length)) };
                const row = rowKey('present', write);
                const id = row.toString('latin1');
                const rwset = latest.get(id) ?? this.find(write);
                if (rwset === undefined || isAfter(write.version, purged.version)) continue;
                forgotten.push(...keysIn(write, rwset).filter(({ key: held }) => hashedKeyOf(held) === purged.keyHash));
                latest.set(id, withoutKey(rwset, purged.keyHash));
                rows.push({ type: 'del', key }, putRow(row, latest.get(id)));
            }
        }
        return { forgotten, rows };
    }

    /** What expires with a block. */
    async expire(blockNum: number): Promise<Forgetting> {
        const forgotten: PrivateKeyAt[] = [];
        const rows: LevelOperation[] = [];
        const expiring = Buffer.concat([Buffer.from(prefix.expiry), number(blockNum)]);
        for (const [key] of await this.#rows(expiring)) {
            const write = parseRowKey(key, expiring.length);
            const rwset = this.find(write);
            rows.push({ type: 'del', key }, { type: 'del', key: rowKey('missing', write) });
            if (rwset === undefined) continue;
            forgotten.push(...keysIn(write, rwset));
            rows.push({ type: 'del', key: rowKey('present', write) });
            rows.push(...keysIn(write, rwset).map((held) => ({ type: 'del' as const, key: holderKeyOf(held) })));
        }
        return { forgotten, rows };
    }

    /** Whether the channel has no private data, as most have. */
    async isEmpty(): Promise<boolean> {
        this.#isEmpty ??= await this.#hasNoRows();
        return this.#isEmpty;
    }

    async #hasNoRows(): Promise<boolean> {
        const found = privateDataPrefixes.map((letter) => {
            const start = Buffer.from(letter);
            return this.#level.keys({ gte: start, lt: endOf(start), limit: 1 }).all();
        });
        return (await Promise.all(found)).flat().length === 0;
    }

    async #rows(start: Buffer): Promise<[Buffer, Buffer][]> {
        // Asked for each block, LevelDB's iterators would be half of a replay.
        if (await this.isEmpty()) return [];
        return this.#level.iterator({ gte: start, lt: endOf(start) }).all();
    }
}

/** The keys that a clear-text write set writes, or whose metadata it writes. */
function keysIn({ namespace, collection, version }: CollectionWrite, rwset: Buffer): PrivateKeyAt[] {
    const { writes, metadataWrites } = decode(kvrwset.KVRWSet, rwset, 'private KVRWSet');
    return [...writes, ...metadataWrites].map(({ key }) => ({ namespace, collection, key: key ?? '', version }));
}

function withoutKey(rwset: Buffer, keyHash: string): Buffer {
    const { writes, metadataWrites } = decode(kvrwset.KVRWSet, rwset, 'private KVRWSet');
    const others = ({ key }: { key?: string | null }): boolean => hashedKeyOf(key ?? '') !== keyHash;
    return encode(kvrwset.KVRWSet, {
        writes: writes.filter(others),
        metadataWrites: metadataWrites.filter(others),
    });
}

function rowKey(kind: 'present' | 'missing', write: CollectionWrite): Buffer {
    return Buffer.concat([Buffer.from(prefix[kind]), versionBytes(write.version), nameBytes(write)]);
}

function parseRowKey(key: Buffer, start: number): CollectionWrite {
    const block = readOrderPreservingVarint(key, start);
    const tx = readOrderPreservingVarint(key, block.next);
    const [namespace = '', collection = ''] = key.toString('utf8', tx.next).split('\0');
    return { version: { blockNum: block.value, txNum: tx.value }, namespace, collection };
}

function expiryRow(write: CollectionWrite, expiryOf: ExpiryOf): LevelOperation[] {
    const expiryBlock = expiryOf(write);
    if (expiryBlock === undefined) return [];
    const start = [Buffer.from(prefix.expiry), number(expiryBlock)];
    return [putRow(Buffer.concat([...start, versionBytes(write.version), nameBytes(write)]))];
}

function purgeKey(key: Omit<PurgedKey, 'version'>): Buffer {
    return Buffer.concat([Buffer.from(prefix.purged), nameBytes(key), Buffer.from(`\0${key.keyHash}`)]);
}

function holderPrefix(key: Omit<PurgedKey, 'version'>): Buffer {
    return Buffer.concat([Buffer.from(prefix.holders), nameBytes(key), Buffer.from(`\0${key.keyHash}\0`)]);
}

function holderKeyOf({ key, version, ...of }: PrivateKeyAt): Buffer {
    return Buffer.concat([holderPrefix({ ...of, keyHash: hashedKeyOf(key) }), versionBytes(version)]);
}

function nameBytes({ namespace, collection }: { namespace: string; collection: string }): Buffer {
    return Buffer.from(`${namespace}\0${collection}`);
}

function number(value: number): Buffer {
    return encodeOrderPreservingVarint(value);
}

function putRow(key: Buffer, value: Buffer = Buffer.alloc(0)): LevelOperation {
    return { type: 'put', key, value };
}

/** Behind every key that starts so: no row has this byte next. */
function endOf(start: Buffer): Buffer {
    return Buffer.concat([start, Buffer.of(0xff)]);
}
