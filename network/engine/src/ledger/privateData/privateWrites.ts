// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../../wire/decode.js';
import { sha256 } from '../../wire/hashing.js';
import { kvrwset } from '../../wire/protobuf.js';
import { sameVersion, type Version } from '../state/height.js';
import { isDelete } from '../simulation/keyOperations.js';
import type { ClearWrite } from './privateDataStore.js';
import type { StateReader } from '../state/stateReader.js';
import { hashedKeyOf, hashedSpace, privateSpace } from '../state/stateSpace.js';
import type { StateUpdate, UpdateBatch } from '../state/updateBatch.js';

/** Where a private value was written. */
export interface PrivateKeyAt {
    readonly namespace: string;
    readonly collection: string;
    readonly key: string;
    readonly version: Version;
}

/** Adds the clear text of a block's valid transactions to its updates, under the versions that the hashes have. */
export function applyPrivateWrites(writes: readonly ClearWrite[], batch: UpdateBatch, reader: StateReader): void {
    const sets = writes.map((write) => ({
        ...write,
        set: decode(kvrwset.KVRWSet, write.rwset, 'private KVRWSet'),
    }));
    for (const { namespace, collection, version, set } of sets) {
        for (const write of set.writes) {
            const value = isDelete(write) ? {} : { value: asBuffer(write.value) };
            batch.putPrivate(namespace, collection, write.key ?? '', { version, ...value });
        }
    }
    for (const { namespace, collection, set } of sets) {
        for (const { key } of set.metadataWrites) followMetadata(namespace, collection, key ?? '', batch, reader);
    }
}

/**
 * A write of metadata gives the hash a new version, and the value must have the same one to be readable
 * (validation/batch_preparer.go, incrementPvtdataVersionIfNeeded). A value that is not the hash's is out of date.
 */
function followMetadata(
    namespace: string,
    collection: string,
    key: string,
    batch: UpdateBatch,
    reader: StateReader,
): void {
    const hash = batch.get(hashedSpace(namespace, collection), hashedKeyOf(key));
    const current = latestPrivate({ namespace, collection, key }, batch, reader);
    if (hash?.value === undefined || current?.value === undefined) return;
    if (!sameVersion(current.version, hash.version) && sha256(current.value).equals(hash.value)) {
        batch.putPrivate(namespace, collection, key, { value: current.value, version: hash.version });
    }
}

/** Removes values that were purged or whose time is over, unless they have been written again since. */
export function forgetPrivateValues(
    forgotten: readonly PrivateKeyAt[],
    version: Version,
    batch: UpdateBatch,
    reader: StateReader,
): void {
    for (const at of forgotten) {
        const current = latestPrivate(at, batch, reader);
        if (current?.value !== undefined && sameVersion(current.version, at.version)) {
            batch.putPrivate(at.namespace, at.collection, at.key, { version });
        }
    }
}

function latestPrivate(
    { namespace, collection, key }: Omit<PrivateKeyAt, 'version'>,
    batch: UpdateBatch,
    reader: StateReader,
): StateUpdate | undefined {
    return batch.get(privateSpace(namespace, collection), key) ?? reader.getPrivate(namespace, collection, key);
}
