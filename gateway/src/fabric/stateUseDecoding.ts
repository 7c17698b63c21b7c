// SPDX-License-Identifier: Apache-2.0
import { ledger } from '@hyperledger/fabric-protos';
import { type KeyRead, type Place, type RangeRead, type StateUse } from '../application/blockView.js';
import { textOf } from './decodedIdentity.js';

const { rwset } = ledger;

/** Decodes a TxReadWriteSet. @throws Error when a level does not parse */
export function decodeStateUse(results: Uint8Array): StateUse {
    const namespaces = rwset.TxReadWriteSet.deserializeBinary(results)
        .getNsRwsetList()
        .map((one) => ({
            namespace: one.getNamespace(),
            kv: rwset.kvrwset.KVRWSet.deserializeBinary(one.getRwset_asU8()),
            hashed: one.getCollectionHashedRwsetList(),
        }));
    return {
        reads: namespaces.flatMap(({ namespace, kv }) => kv.getReadsList().map((read) => readOf(namespace, read))),
        ranges: namespaces.flatMap(({ namespace, kv }) =>
            kv.getRangeQueriesInfoList().map((range) => rangeOf(namespace, range)),
        ),
        writes: namespaces.flatMap(({ namespace, kv }) =>
            kv.getWritesList().map((write) => ({
                namespace,
                key: write.getKey(),
                isDelete: write.getIsDelete(),
                value: textOf(write.getValue_asU8()),
            })),
        ),
        metadataKeys: namespaces.flatMap(({ namespace, kv }) =>
            kv.getMetadataWritesList().map((write) => ({ namespace, key: write.getKey() })),
        ),
        collections: namespaces.flatMap(({ namespace, hashed }) =>
            hashed.map((collection) => {
                const set = rwset.kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
                return {
                    namespace,
                    collection: collection.getCollectionName(),
                    reads: set.getHashedReadsList().length,
                    writes: set.getHashedWritesList().length,
                };
            }),
        ),
    };
}

type Read = InstanceType<typeof rwset.kvrwset.KVRead>;
type Range = InstanceType<typeof rwset.kvrwset.RangeQueryInfo>;

function readOf(namespace: string, read: Read): KeyRead {
    const version = read.getVersion();
    const place: Place | null =
        version === undefined ? null : { block: version.getBlockNum(), transaction: version.getTxNum() };
    return { namespace, key: read.getKey(), version: place };
}

function rangeOf(namespace: string, range: Range): RangeRead {
    return {
        namespace,
        startKey: range.getStartKey(),
        endKey: range.getEndKey(),
        reads: (range.getRawReads()?.getKvReadsList() ?? []).map((read) => readOf(namespace, read)),
        isHashed: range.hasReadsMerkleHashes(),
    };
}
