// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { lifecycle, protos } from '../../wire/protobuf.js';
import { expireHashes } from './collectionExpiry.js';
import { MemoryStateDatabase } from '../state/memoryStateDatabase.js';
import { hashedSpace } from '../state/stateSpace.js';
import { UpdateBatch } from '../state/updateBatch.js';

/** Blocks that write the key of a collection with block-to-live 2; what a reader finds after each of six blocks. */
async function presenceAfter(writingBlocks: readonly number[]): Promise<boolean[]> {
    const database = new MemoryStateDatabase();
    const definition = new UpdateBatch();
    const config = [{ staticCollectionConfig: { name: 'short', blockToLive: 2 } }];
    const value = encode(lifecycle.StateData, { Bytes: encode(protos.CollectionConfigPackage, { config }) });
    definition.putPublic('_lifecycle', 'namespaces/fields/cc/Collections', {
        version: { blockNum: 0, txNum: 0 },
        value,
    });
    await database.apply(definition, { blockNum: 0, txNum: 0 });
    const presence: boolean[] = [];
    for (let blockNum = 1; blockNum <= 6; blockNum++) {
        const batch = new UpdateBatch();
        const version = { blockNum, txNum: 0 };
        if (writingBlocks.includes(blockNum)) {
            batch.putHashed('cc', 'short', 'aa', { version, value: Buffer.from('hash') });
            batch.putHashed('cc', 'lasting', 'aa', { version, value: Buffer.from('hash') });
        }
        const reader = database.newReader();
        expireHashes(batch, blockNum, reader);
        reader.release();
        await database.apply(batch, version);
        const after = database.newReader();
        presence.push(after.get(hashedSpace('cc', 'short'), 'aa') !== undefined);
        expect(after.get(hashedSpace('cc', 'lasting'), 'aa') === undefined).toBe(blockNum < (writingBlocks[0] ?? 7));
    }
    return presence;
}

it('removes a hash with the third block after its own when block-to-live is 2', async () => {
    expect(await presenceAfter([1])).toEqual([true, true, true, false, false, false]);
});

it('counts from the last write of the key', async () => {
    expect(await presenceAfter([1, 3])).toEqual([true, true, true, true, true, false]);
});

it('keeps a hash that is written again by the block that would have removed it', async () => {
    expect(await presenceAfter([1, 4])).toEqual([true, true, true, true, true, true]);
});
