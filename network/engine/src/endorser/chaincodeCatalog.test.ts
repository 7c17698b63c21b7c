// SPDX-License-Identifier: Apache-2.0
import { InMemoryLedger } from '../ledger/inMemoryLedger.js';
import { parseReadWriteSet } from '../ledger/simulation/readWriteSet.js';
import { definitionRecord, type ChaincodeDefinition } from '../lifecycle/chaincodeRecords.js';
import { publicState, writeRecord } from '../lifecycle/recordWriting.js';
import { TxValidationCode } from '../wire/codes.js';
import { ChaincodeCatalog } from './chaincodeCatalog.js';

const definition: ChaincodeDefinition = {
    sequence: 1,
    version: '1.0',
    endorsementPlugin: 'escc',
    validationPlugin: 'vscc',
    validationParameter: Buffer.alloc(0),
    initRequired: false,
    collections: {},
};

/** A catalog that holds what a lookup found, as it is after the chaincode was used once. */
class KnownChaincode extends ChaincodeCatalog {
    sequence = 1;

    constructor() {
        const channels = { get: () => undefined, ids: () => [], join: () => Promise.reject(new Error('not here')) };
        super({ channels, mspId: 'AlphaMSP', installedPackageIds: () => [] });
    }

    override find(): ReturnType<ChaincodeCatalog['find']> {
        return { definition: { ...definition, sequence: this.sequence }, packageId: 'cc:1' };
    }
}

async function ledgerWith(sequence: number): Promise<InMemoryLedger> {
    const ledger = new InMemoryLedger();
    const simulation = ledger.newSimulation('definition');
    writeRecord(publicState(simulation), 'namespaces', 'cc', definitionRecord({ ...definition, sequence }));
    await ledger.commit([{ txId: 'definition', results: simulation.finish().results }]);
    return ledger;
}

test("the chaincode's sequence is part of what a transaction has read", async () => {
    const simulation = (await ledgerWith(1)).newSimulation('t1');
    expect(new KnownChaincode().findFor(simulation, 'test', 'cc').packageId).toBe('cc:1');
    const [set] = parseReadWriteSet(simulation.finish().results);
    expect(set?.kv.reads.map(({ key }) => key)).toEqual(['namespaces/fields/cc/Sequence']);
});

test('a transaction that began before an upgrade does not run the new code', async () => {
    const simulation = (await ledgerWith(1)).newSimulation('t1');
    const catalog = new KnownChaincode();
    catalog.sequence = 2;
    expect(() => catalog.findFor(simulation, 'test', 'cc')).toThrow(
        "chaincode cache at sequence 2 but current sequence is 1, chaincode definition for 'cc' changed during invoke",
    );
});

test('a transaction endorsed before an upgrade and ordered after it is in conflict', async () => {
    const ledger = await ledgerWith(1);
    const simulation = ledger.newSimulation('t1');
    new KnownChaincode().findFor(simulation, 'test', 'cc');
    const upgrade = ledger.newSimulation('upgrade');
    writeRecord(publicState(upgrade), 'namespaces', 'cc', definitionRecord({ ...definition, sequence: 2 }));
    await ledger.commit([{ txId: 'upgrade', results: upgrade.finish().results }]);
    const { codes } = await ledger.commit([{ txId: 't1', results: simulation.finish().results }]);
    expect([...codes]).toEqual([TxValidationCode.MVCC_READ_CONFLICT]);
});

test('a chaincode without definition is also looked for where the first lifecycle kept them', async () => {
    const simulation = (await ledgerWith(1)).newSimulation('t1');
    expect(() => new KnownChaincode().findFor(simulation, 'test', 'other')).toThrow('chaincode other not found');
    const namespaces = parseReadWriteSet(simulation.finish().results).map(({ namespace }) => namespace);
    expect(namespaces).toEqual(['_lifecycle', 'lscc']);
});
