// SPDX-License-Identifier: Apache-2.0
import { blockToLive } from './collections.js';
import type { StateReader } from '../state/stateReader.js';
import { expirySpace, hashedSpace } from '../state/stateSpace.js';
import type { UpdateBatch } from '../state/updateBatch.js';

/** A hash that leaves the state unless it was written again after `block`. */
interface ExpiringHash {
    readonly namespace: string;
    readonly collection: string;
    readonly key: string;
    readonly block: number;
}

/**
 * Adds to a block's updates the deletion of hashes whose collection's block-to-live ends with it, and notes when those
 * it writes will end: hashes written at block b with block-to-live t leave at block b+t+1
 * (core/ledger/kvledger/txmgmt/pvtstatepurgemgmt). Call it after the commit hash is taken, of which expiry is no part.
 */
export function expireHashes(batch: UpdateBatch, blockNum: number, reader: StateReader): void {
    const scheduled = collectExpiring(batch, blockNum, reader);
    const version = { blockNum, txNum: 0 };
    for (const { namespace, collection, key, block } of readSchedule(reader, blockNum)) {
        const space = hashedSpace(namespace, collection);
        const isLatest = reader.get(space, key)?.version.blockNum === block;
        if (isLatest && batch.get(space, key) === undefined) {
            batch.putHashed(namespace, collection, key, { version });
        }
    }
    if (reader.get(expirySpace, String(blockNum)) !== undefined) {
        batch.putBookkeeping(expirySpace, String(blockNum), { version });
    }
    for (const [expiryBlock, hashes] of scheduled) {
        const all = [...readSchedule(reader, expiryBlock), ...hashes];
        batch.putBookkeeping(expirySpace, String(expiryBlock), { version, value: Buffer.from(JSON.stringify(all)) });
    }
}

function collectExpiring(batch: UpdateBatch, block: number, reader: StateReader): Map<number, ExpiringHash[]> {
    const scheduled = new Map<number, ExpiringHash[]>();
    for (const { kind, namespace, collection, entries } of batch.spaces.values()) {
        const lifetime = kind === 'hashed' ? blockToLive(reader, namespace, collection) : 0;
        if (lifetime === 0) {
            continue;
        }
        const expiryBlock = block + lifetime + 1;
        const hashes = [...entries].flatMap(([key, { value }]) =>
            value === undefined ? [] : [{ namespace, collection, key, block }],
        );
        scheduled.set(expiryBlock, [...(scheduled.get(expiryBlock) ?? []), ...hashes]);
    }
    return scheduled;
}

function readSchedule(reader: StateReader, expiryBlock: number): ExpiringHash[] {
    const stored = reader.get(expirySpace, String(expiryBlock));
    return stored === undefined ? [] : (JSON.parse(stored.value.toString()) as ExpiringHash[]);
}
