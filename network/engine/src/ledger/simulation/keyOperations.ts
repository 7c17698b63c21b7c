// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../../wire/hashing.js';
import type { kvrwset } from '../../wire/protobuf.js';
import { asBuffer } from '../../wire/decode.js';
import type { Version } from '../state/height.js';
import type { NamespaceReadWriteSet } from './readWriteSet.js';
import { serializeMetadata } from '../state/stateMetadata.js';
import type { StateReader } from '../state/stateReader.js';
import { hashedKey, hashedSpace } from '../state/stateSpace.js';
import type { StateUpdate, UpdateBatch } from '../state/updateBatch.js';

/** The state before the block. */
type CommittedState = Pick<StateReader, 'get' | 'metadataOf'>;

// The operations of one transaction on one key are added up as in core/ledger/kvledger/txmgmt/validation/tx_ops.go.
// Adding, where a bitwise or would seem natural, decides what becomes of a hand-made write set that names a key twice
// (two writes count as one metadata write), and every peer must decide alike.
const upsert = 1;
const metadataUpdate = 2;
const metadataDelete = 4;
const keyDelete = 8;

interface KeyOperation {
    readonly namespace: string;
    /** Undefined for a public key. */
    readonly collection: string | undefined;
    readonly space: string;
    readonly key: string;
    flags: number;
    value?: Buffer;
    metadata?: Buffer;
}

/** By space, then by key. */
type Operations = Map<string, Map<string, KeyOperation>>;

/** Adds the writes of a valid transaction to the block's updates, under the version of that transaction. */
export function applyWrites(
    readWriteSet: readonly NamespaceReadWriteSet[],
    version: Version,
    batch: UpdateBatch,
    committed: CommittedState,
): void {
    const operations: Operations = new Map();
    for (const { namespace, kv, collections } of readWriteSet) {
        collectPublic(operations, namespace, kv);
        for (const { name, hashed } of collections) {
            collectHashed(operations, namespace, name, hashed);
        }
    }
    for (const operation of [...operations.values()].flatMap((ofSpace) => [...ofSpace.values()])) {
        const update = resolve(operation, version, batch, committed);
        if (update === undefined) {
            continue;
        }
        if (operation.collection === undefined) {
            batch.putPublic(operation.namespace, operation.key, update);
        } else {
            batch.putHashed(operation.namespace, operation.collection, operation.key, update);
        }
    }
}

/** True when a public write removes its key: Fabric stores no empty values. */
export function isDelete(write: kvrwset.KVWrite.$Properties): boolean {
    return write.isDelete === true || asBuffer(write.value).length === 0;
}

const hashOfNothing = sha256(Buffer.alloc(0));

function isHashedDelete(write: kvrwset.KVWriteHash.$Properties): boolean {
    const hash = asBuffer(write.valueHash);
    return write.isDelete === true || hash.length === 0 || hash.equals(hashOfNothing);
}

function collectPublic(operations: Operations, namespace: string, kv: kvrwset.KVRWSet): void {
    const target = { namespace, collection: undefined, space: namespace };
    for (const write of kv.writes) {
        addWrite(operationOn(operations, { ...target, key: write.key ?? '' }), isDelete(write), write.value);
    }
    for (const write of kv.metadataWrites) {
        addMetadata(operationOn(operations, { ...target, key: write.key ?? '' }), write.entries);
    }
}

function collectHashed(
    operations: Operations,
    namespace: string,
    collection: string,
    hashed: kvrwset.HashedRWSet,
): void {
    const target = { namespace, collection, space: hashedSpace(namespace, collection) };
    for (const write of hashed.hashedWrites) {
        const key = hashedKey(asBuffer(write.keyHash));
        addWrite(operationOn(operations, { ...target, key }), isHashedDelete(write), write.valueHash);
    }
    for (const write of hashed.metadataWrites) {
        addMetadata(operationOn(operations, { ...target, key: hashedKey(asBuffer(write.keyHash)) }), write.entries);
    }
}

function operationOn(operations: Operations, target: Omit<KeyOperation, 'flags'>): KeyOperation {
    let ofSpace = operations.get(target.space);
    if (ofSpace === undefined) {
        ofSpace = new Map();
        operations.set(target.space, ofSpace);
    }
    let operation = ofSpace.get(target.key);
    if (operation === undefined) {
        operation = { ...target, flags: 0 };
        ofSpace.set(target.key, operation);
    }
    return operation;
}

function addWrite(operation: KeyOperation, deletes: boolean, value: Uint8Array | null | undefined): void {
    if (deletes) {
        operation.flags += keyDelete;
    } else {
        operation.flags += upsert;
        operation.value = asBuffer(value);
    }
}

function addMetadata(operation: KeyOperation, entries: kvrwset.KVMetadataEntry.$Properties[] | null | undefined): void {
    if (!entries || entries.length === 0) {
        operation.flags += metadataDelete;
    } else {
        operation.flags += metadataUpdate;
        operation.metadata = serializeMetadata(entries);
    }
}

function resolve(
    operation: KeyOperation,
    version: Version,
    batch: UpdateBatch,
    committed: CommittedState,
): StateUpdate | undefined {
    const { flags, value, metadata, space, key } = operation;
    if ((flags & keyDelete) === keyDelete) {
        return { version };
    }
    if (flags === metadataUpdate || flags === metadataDelete) {
        // Fabric panics when the key was deleted earlier in the block; an absent key is left absent here.
        const current = (batch.get(space, key) ?? committed.get(space, key))?.value;
        return current && updateOf(current, version, metadata);
    }
    if (flags === upsert) {
        const pending = batch.get(space, key);
        return updateOf(value, version, pending ? pending.metadata : committed.metadataOf(space, key));
    }
    return updateOf(value, version, metadata);
}

function updateOf(value: Buffer | undefined, version: Version, metadata: Buffer | undefined): StateUpdate {
    return { version, ...(value !== undefined && { value }), ...(metadata !== undefined && { metadata }) };
}
