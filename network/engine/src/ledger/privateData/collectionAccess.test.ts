// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { kvrwset, lifecycle, protos, rwset } from '../../wire/protobuf.js';
import { InMemoryLedger } from '../inMemoryLedger.js';
import type { Simulation } from '../simulation/simulation.js';

const config = [
    { staticCollectionConfig: { name: 'closed', memberOnlyRead: true, memberOnlyWrite: true } },
    { staticCollectionConfig: { name: 'readable', memberOnlyWrite: true } },
    { staticCollectionConfig: { name: 'writable', memberOnlyRead: true } },
];
const definition = encode(lifecycle.StateData, { Bytes: encode(protos.CollectionConfigPackage, { config }) });
const value = Buffer.from('v');

/** A transaction of somebody who is a member of every collection or of none. */
async function transactionOf(isMember: boolean): Promise<Simulation> {
    const ledger = new InMemoryLedger({ organisations: ['AMSP'] });
    const before = ledger.newSimulation('t0');
    before.setState('_lifecycle', 'namespaces/fields/cc/Collections', definition);
    await ledger.commit([{ txId: 't0', results: before.finish().results }]);
    return ledger.newSimulation('t1', () => isMember);
}

const reads: Readonly<Record<string, (tx: Simulation, collection: string) => unknown>> = {
    value: (tx, collection) => tx.getPrivateData('cc', collection, 'k'),
    metadata: (tx, collection) => tx.getPrivateMetadata('cc', collection, 'k'),
    range: (tx, collection) => tx.privateRange('cc', collection, '', ''),
};
const writes: Readonly<Record<string, (tx: Simulation, collection: string) => unknown>> = {
    put: (tx, collection) => {
        tx.setPrivateData('cc', collection, 'k', value);
    },
    delete: (tx, collection) => {
        tx.deletePrivateData('cc', collection, 'k');
    },
    purge: (tx, collection) => {
        tx.purgePrivateData('cc', collection, 'k');
    },
    metadata: (tx, collection) => {
        tx.setPrivateMetadata('cc', collection, 'k', new Map());
    },
};

test.each(Object.keys(reads))('a stranger reads (%s) only what is open to all', async (name) => {
    const text = 'tx creator does not have read access permission on privatedata in chaincodeName:cc collectionName: ';
    const [stranger, member] = [await transactionOf(false), await transactionOf(true)];
    for (const collection of ['closed', 'writable']) {
        expect(() => reads[name]!(stranger, collection)).toThrow(text + collection);
        expect(() => reads[name]!(member, collection)).not.toThrow();
    }
    expect(() => reads[name]!(stranger, 'readable')).not.toThrow();
    expect(() => reads[name]!(stranger, '_implicit_org_AMSP')).not.toThrow();
});

test.each(Object.keys(writes))('a stranger writes (%s) only what is open to all', async (name) => {
    const text = 'tx creator does not have write access permission on privatedata in chaincodeName:cc collectionName: ';
    const [stranger, member] = [await transactionOf(false), await transactionOf(true)];
    for (const collection of ['closed', 'readable']) {
        expect(() => writes[name]!(stranger, collection)).toThrow(text + collection);
        expect(() => writes[name]!(member, collection)).not.toThrow();
    }
    expect(() => writes[name]!(stranger, 'writable')).not.toThrow();
});

test('anybody sees hashes, and no collection that does not exist', async () => {
    const tx = await transactionOf(false);
    expect(tx.getPrivateDataHash('cc', 'closed', 'k')).toBeUndefined();
    expect(() => tx.getPrivateDataHash('cc', 'absent', 'k')).toThrow(
        'collection [absent] not defined in the collection config for chaincode [cc]',
    );
    expect(() => tx.getPrivateData('cc', 'absent', 'k')).toThrow('collection test/cc/absent could not be found');
    expect(() => tx.getPrivateData('cc', '_implicit_org_Nobody', 'k')).toThrow(
        'collection [_implicit_org_Nobody] not defined in the collection config for chaincode [cc]',
    );
});

test('the definition counts as read also when it turns out not to know the collection', async () => {
    const tx = await transactionOf(false);
    expect(() => tx.getPrivateData('cc', 'absent', 'k')).toThrow('could not be found');
    expect(tx.finish().results.toString('latin1')).toContain('namespaces/fields/cc/Collections');
});

test('a range over private data and writes exclude each other', async () => {
    const writer = await transactionOf(true);
    writer.setState('cc', 'k', value);
    expect(() => writer.privateRange('cc', 'closed', '', '')).toThrow(
        'txid [t1]: unsuppored transaction. Queries on pvt data is supported only in a read-only transaction',
    );
    const reader = await transactionOf(true);
    expect(await reader.privateRange('cc', 'closed', '', '').nextBatch()).toEqual({ results: [], hasMore: false });
    expect(() => {
        reader.setState('cc', 'k', value);
    }).toThrow(
        'txid [t1]: unsuppored transaction. Transaction has already performed queries on pvt data. Writes are not allowed',
    );
});

test('a purge is a deletion that says so, until the key is written again', async () => {
    const tx = await transactionOf(true);
    tx.purgePrivateData('cc', 'closed', 'gone');
    tx.purgePrivateData('cc', 'closed', 'back');
    tx.setPrivateData('cc', 'closed', 'back', value);
    const { nsRwset } = rwset.TxReadWriteSet.decode(tx.finish().results);
    const hashed = nsRwset.find(({ namespace }) => namespace === 'cc')?.collectionHashedRwset?.[0]?.hashedRwset;
    const written = kvrwset.HashedRWSet.decode(hashed ?? Buffer.alloc(0)).hashedWrites;
    expect(written.map(({ isDelete, isPurge }) => [isDelete, isPurge])).toEqual([
        [false, false],
        [true, true],
    ]);
});
