// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { sha256 } from '../../wire/hashing.js';
import { compareUtf8 } from '../../wire/orderedBytes.js';
import { kvrwset, rwset } from '../../wire/protobuf.js';
import { versionMessage, type Version } from '../state/height.js';
import { metadataEntries } from '../state/stateMetadata.js';
import { privateSpace } from '../state/stateSpace.js';

/** Results of a simulation, byte for byte as another peer's. */
export interface SimulationResults {
    /** Serialised TxReadWriteSet. */
    readonly results: Buffer;
    /** Clear text of private writes, when there are any. */
    readonly privateResults?: rwset.TxPvtReadWriteSet.$Properties;
    /** Names of the private spaces (stateSpace.ts) of which clear text was read. */
    readonly privateReads: ReadonlySet<string>;
}

type Metadata = ReadonlyMap<string, Buffer>;

class CollectionRecord {
    readonly reads = new Map<string, Version | undefined>();
    readonly writes = new Map<string, Buffer | undefined>();
    /** Of the deleted keys, those whose former values are to be forgotten. */
    readonly purges = new Set<string>();
    readonly metadataWrites = new Map<string, Metadata>();
}

class NamespaceRecord {
    readonly reads = new Map<string, Version | undefined>();
    readonly ranges = new Map<string, kvrwset.RangeQueryInfo.$Properties>();
    readonly writes = new Map<string, Buffer | undefined>();
    readonly metadataWrites = new Map<string, Metadata>();
    readonly collections = new Map<string, CollectionRecord>();
}

/**
 * Gathers what a simulation reads and writes and serialises it in Fabric's order: everything sorted by the UTF-8 bytes
 * of its clear-text name, ranges in order of creation (core/ledger/kvledger/txmgmt/rwsetutil/rwset_builder.go).
 */
export class ReadWriteSetBuilder {
    readonly #namespaces = new Map<string, NamespaceRecord>();
    readonly #privateReads = new Set<string>();

    addRead(namespace: string, key: string, version: Version | undefined): void {
        this.#namespace(namespace).reads.set(key, version);
    }

    /** An absent value deletes. */
    addWrite(namespace: string, key: string, value: Buffer | undefined): void {
        this.#namespace(namespace).writes.set(key, value);
    }

    addMetadataWrite(namespace: string, key: string, metadata: Metadata): void {
        this.#namespace(namespace).metadataWrites.set(key, metadata);
    }

    /** A second query of the same bounds with the same end is dropped, as Fabric does. */
    addRange(namespace: string, info: kvrwset.RangeQueryInfo.$Properties): void {
        const id = JSON.stringify([info.startKey ?? '', info.endKey ?? '', info.itrExhausted ?? false]);
        const { ranges } = this.#namespace(namespace);
        if (!ranges.has(id)) {
            ranges.set(id, info);
        }
    }

    addHashedRead(namespace: string, collection: string, key: string, version: Version | undefined): void {
        this.#collection(namespace, collection).reads.set(key, version);
    }

    /** A read of clear text, which needs a peer that has it. */
    addPrivateRead(namespace: string, collection: string, key: string, version: Version | undefined): void {
        this.#privateReads.add(privateSpace(namespace, collection));
        this.addHashedRead(namespace, collection, key, version);
    }

    /** An absent value deletes. */
    addPrivateWrite(namespace: string, collection: string, key: string, value: Buffer | undefined): void {
        const { writes, purges } = this.#collection(namespace, collection);
        writes.set(key, value);
        purges.delete(key);
    }

    addPrivatePurge(namespace: string, collection: string, key: string): void {
        this.addPrivateWrite(namespace, collection, key, undefined);
        this.#collection(namespace, collection).purges.add(key);
    }

    addPrivateMetadataWrite(namespace: string, collection: string, key: string, metadata: Metadata): void {
        this.#collection(namespace, collection).metadataWrites.set(key, metadata);
    }

    build(): SimulationResults {
        const nsRwset: rwset.NsReadWriteSet.$Properties[] = [];
        const nsPvtRwset: rwset.NsPvtReadWriteSet.$Properties[] = [];
        for (const [namespace, record] of sorted(this.#namespaces)) {
            const collections = sorted(record.collections).map(([name, collection]) =>
                collectionSets(name, collection),
            );
            nsRwset.push({
                ...named('namespace', namespace),
                ...present('rwset', publicSet(record)),
                collectionHashedRwset: collections.map(({ hashed }) => hashed),
            });
            const collectionPvtRwset = collections.flatMap(({ clear }) => clear ?? []);
            if (collectionPvtRwset.length > 0) {
                nsPvtRwset.push({ ...named('namespace', namespace), collectionPvtRwset });
            }
        }
        return {
            results: encode(rwset.TxReadWriteSet, { nsRwset }),
            privateReads: this.#privateReads,
            ...(nsPvtRwset.length > 0 && { privateResults: { nsPvtRwset } }),
        };
    }

    #namespace(name: string): NamespaceRecord {
        return getOrCreate(this.#namespaces, name, () => new NamespaceRecord());
    }

    #collection(namespace: string, name: string): CollectionRecord {
        return getOrCreate(this.#namespace(namespace).collections, name, () => new CollectionRecord());
    }
}

function publicSet(record: NamespaceRecord): Buffer {
    return encode(kvrwset.KVRWSet, {
        reads: sorted(record.reads).map(([key, version]) => ({ ...named('key', key), ...versioned(version) })),
        rangeQueriesInfo: [...record.ranges.values()],
        writes: clearWrites(record.writes),
        metadataWrites: sorted(record.metadataWrites).map(([key, metadata]) => ({
            ...named('key', key),
            entries: metadataEntries(metadata),
        })),
    });
}

/** The hashed set that is ordered, and the clear-text set that stays with the members; the latter only with writes. */
function collectionSets(
    name: string,
    { reads, writes, purges, metadataWrites }: CollectionRecord,
): {
    hashed: rwset.CollectionHashedReadWriteSet.$Properties;
    clear: rwset.CollectionPvtReadWriteSet.$Properties | undefined;
} {
    const hashedRwset = encode(kvrwset.HashedRWSet, {
        hashedReads: sorted(reads).map(([key, version]) => ({ keyHash: keyHash(key), ...versioned(version) })),
        hashedWrites: sorted(writes).map(([key, value]) => ({
            keyHash: keyHash(key),
            ...(value === undefined ? { isDelete: true } : { valueHash: sha256(value) }),
            ...(purges.has(key) && { isPurge: true }),
        })),
        metadataWrites: sorted(metadataWrites).map(([key, metadata]) => ({
            keyHash: keyHash(key),
            entries: metadataEntries(metadata),
        })),
    });
    const collectionName = named('collectionName', name);
    if (writes.size === 0 && metadataWrites.size === 0) {
        return { hashed: { ...collectionName, ...present('hashedRwset', hashedRwset) }, clear: undefined };
    }
    const clear = encode(kvrwset.KVRWSet, {
        writes: clearWrites(writes),
        metadataWrites: sorted(metadataWrites).map(([key]) => named('key', key)),
    });
    return {
        hashed: { ...collectionName, hashedRwset, pvtRwsetHash: sha256(clear) },
        clear: { ...collectionName, rwset: clear },
    };
}

function clearWrites(writes: ReadonlyMap<string, Buffer | undefined>): kvrwset.KVWrite.$Properties[] {
    return sorted(writes).map(([key, value]) => ({
        ...named('key', key),
        ...(value === undefined ? { isDelete: true } : { value }),
    }));
}

function keyHash(key: string): Buffer {
    return sha256(Buffer.from(key));
}

function sorted<V>(entries: ReadonlyMap<string, V>): [string, V][] {
    return [...entries].sort(([a], [b]) => compareUtf8(a, b));
}

/** A string field, left out when empty. */
function named<K extends string>(field: K, value: string): Partial<Record<K, string>> {
    return value === '' ? {} : ({ [field]: value } as Record<K, string>);
}

/** A bytes field, left out when empty. */
function present<K extends string>(field: K, value: Buffer): Partial<Record<K, Buffer>> {
    return value.length === 0 ? {} : ({ [field]: value } as Record<K, Buffer>);
}

function versioned(version: Version | undefined): Pick<kvrwset.KVRead.$Properties, 'version'> {
    return version === undefined ? {} : { version: versionMessage(version) };
}

function getOrCreate<V>(map: Map<string, V>, key: string, create: () => V): V {
    let value = map.get(key);
    if (value === undefined) {
        value = create();
        map.set(key, value);
    }
    return value;
}
