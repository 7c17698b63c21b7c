// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../../wire/decode.js';
import { kvrwset, rwset } from '../../wire/protobuf.js';

/** What one transaction read and wrote in one namespace, decoded to the last level. */
export interface NamespaceReadWriteSet {
    readonly namespace: string;
    readonly kv: kvrwset.KVRWSet;
    readonly collections: readonly CollectionReadWriteSet[];
}

/** Hashed reads and writes of one private data collection. */
export interface CollectionReadWriteSet {
    readonly name: string;
    readonly hashed: kvrwset.HashedRWSet;
    /** SHA-256 of the clear-text write set; empty when the collection was only read. */
    readonly privateSetHash: Buffer;
}

/** Decodes every level of a TxReadWriteSet; throws MalformedMessageError, which a committer answers with BAD_RWSET. */
export function parseReadWriteSet(results: Uint8Array): readonly NamespaceReadWriteSet[] {
    return decode(rwset.TxReadWriteSet, results, 'TxReadWriteSet').nsRwset.map((item) => ({
        namespace: item.namespace ?? '',
        kv: decode(kvrwset.KVRWSet, asBuffer(item.rwset), 'KVRWSet'),
        collections: (item.collectionHashedRwset ?? []).map((collection) => ({
            name: collection.collectionName ?? '',
            hashed: decode(kvrwset.HashedRWSet, asBuffer(collection.hashedRwset), 'HashedRWSet'),
            privateSetHash: asBuffer(collection.pvtRwsetHash),
        })),
    }));
}
