// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode, encode } from '../wire/decode.js';
import { encodeOrderPreservingVarint } from '../wire/orderedBytes.js';
import { kvrwset, rwset } from '../wire/protobuf.js';
import { parseVersion, versionBytes, type Version } from './height.js';
import { isDelete } from './keyOperations.js';
import { writeBatch, type Level } from './level.js';
import type { UpdateBatch } from './updateBatch.js';

/** Clear-text write sets by index of their transaction in the block. */
export type PrivateDataOfBlock = ReadonlyMap<number, rwset.TxPvtReadWriteSet.$Properties>;

/**
 * Clear text of private writes by block and transaction. It is not in the blocks, so it must be on disk before its
 * block is: a replay of the block takes it from here.
 */
export class PrivateDataStore {
    readonly #level: Level;

    constructor(level: Level) {
        this.#level = level;
    }

    /** Durable when it resolves; writing a block again replaces nothing but itself. */
    async put(blockNum: number, data: PrivateDataOfBlock): Promise<void> {
        const rows = [...data].map(([txNum, set]) => ({
            type: 'put' as const,
            key: Buffer.concat([Buffer.from('p'), versionBytes({ blockNum, txNum })]),
            value: encode(rwset.TxPvtReadWriteSet, set),
        }));
        await writeBatch(this.#level, rows, true);
    }

    async get(blockNum: number): Promise<PrivateDataOfBlock> {
        const prefix = Buffer.concat([Buffer.from('p'), encodeOrderPreservingVarint(blockNum)]);
        const rows = await this.#level.iterator({ gte: prefix, lt: Buffer.concat([prefix, Buffer.of(0xff)]) }).all();
        return new Map(
            rows.map(([key, value]) => [
                parseVersion(key.subarray(1)).txNum,
                decode(rwset.TxPvtReadWriteSet, value, 'TxPvtReadWriteSet'),
            ]),
        );
    }
}

/** Adds the clear text of one valid transaction to the block's updates, under the version that its hashes have. */
export function applyPrivateWrites(
    set: rwset.TxPvtReadWriteSet.$Properties,
    version: Version,
    batch: UpdateBatch,
): void {
    for (const { namespace, collectionPvtRwset } of set.nsPvtRwset ?? []) {
        for (const collection of collectionPvtRwset ?? []) {
            const { writes } = decode(kvrwset.KVRWSet, asBuffer(collection.rwset), 'private KVRWSet');
            for (const write of writes) {
                const value = isDelete(write) ? {} : { value: asBuffer(write.value) };
                batch.putPrivate(namespace ?? '', collection.collectionName ?? '', write.key ?? '', {
                    version,
                    ...value,
                });
            }
        }
    }
}
