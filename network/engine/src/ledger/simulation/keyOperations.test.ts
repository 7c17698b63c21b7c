// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../../wire/hashing.js';
import { kvrwset } from '../../wire/protobuf.js';
import { applyWrites } from './keyOperations.js';
import { hashedSpace } from '../state/stateSpace.js';
import { UpdateBatch } from '../state/updateBatch.js';

const version = { blockNum: 9, txNum: 2 };
const keyHash = sha256(Buffer.from('k'));

function applyHashed(...hashedWrites: kvrwset.KVWriteHash.$Properties[]): unknown {
    const batch = new UpdateBatch();
    const hashed = new kvrwset.HashedRWSet({ hashedWrites });
    const collections = [{ name: 'coll', hashed, privateSetHash: Buffer.alloc(0) }];
    applyWrites([{ namespace: 'cc', kv: new kvrwset.KVRWSet(), collections }], version, batch, {
        get: () => undefined,
        metadataOf: () => undefined,
    });
    return batch.get(hashedSpace('cc', 'coll'), keyHash.toString('hex'));
}

it.each<[string, kvrwset.KVWriteHash.$Properties]>([
    ['says so', { keyHash, isDelete: true, valueHash: sha256(Buffer.from('v')) }],
    ['has no value hash', { keyHash }],
    ['has the hash of an empty value', { keyHash, valueHash: sha256(Buffer.alloc(0)) }],
])('takes a hashed write for a delete that %s', (_, write) => {
    expect(applyHashed(write)).toEqual({ version });
});

it('stores the value hash of a hashed write', () => {
    const valueHash = sha256(Buffer.from('v'));
    expect(applyHashed({ keyHash, valueHash })).toEqual({ version, value: valueHash });
});
