// SPDX-License-Identifier: Apache-2.0
import { InMemoryLedger } from '../ledger/inMemoryLedger.js';
import type { Simulation } from '../ledger/simulation/simulation.js';
import { parsePolicyText } from '../policy/policyText.js';
import { encode } from '../wire/decode.js';
import { common, type protos } from '../wire/protobuf.js';
import { chaincodeInterest } from './chaincodeInterest.js';

const policy = encode(common.SignaturePolicyEnvelope, parsePolicyText("OR('A.peer')"));
const guard = new Map([['VALIDATION_PARAMETER', policy]]);
const collection = '_implicit_org_AMSP';

/** The interest of a transaction on a ledger where `cc`/`guarded` has a policy of its own. */
async function interestOf(run: (simulation: Simulation) => void): Promise<protos.ChaincodeCall.$Properties[]> {
    const ledger = new InMemoryLedger({ organisations: ['AMSP'] });
    const before = ledger.newSimulation('t0');
    before.setState('cc', 'guarded', Buffer.from('v'));
    before.setStateMetadata('cc', 'guarded', guard);
    await ledger.commit([{ txId: 't0', results: before.finish().results }]);
    const simulation = ledger.newSimulation('t1');
    run(simulation);
    return chaincodeInterest(simulation.finish(), ledger.newReader()).chaincodes ?? [];
}

test('an ordinary write needs the policy of its chaincode', async () => {
    expect(
        await interestOf((tx) => {
            tx.setState('cc', 'k', Buffer.from('v'));
        }),
    ).toEqual([{ name: 'cc' }]);
});

test('a transaction that only reads needs it too', async () => {
    expect(await interestOf((tx) => tx.getState('cc', 'k'))).toEqual([{ name: 'cc' }]);
});

test('a key with a policy of its own needs that one instead', async () => {
    const [call, ...others] = await interestOf((tx) => {
        tx.setState('cc', 'guarded', Buffer.from('w'));
    });
    expect(others).toEqual([]);
    expect(call).toMatchObject({ name: 'cc', disregardNamespacePolicy: true });
    expect(call?.keyPolicies).toHaveLength(1);
});

test('beside an ordinary key both policies are needed', async () => {
    const [call] = await interestOf((tx) => {
        tx.setState('cc', 'guarded', Buffer.from('w'));
        tx.setState('cc', 'k', Buffer.from('v'));
    });
    expect(call?.disregardNamespacePolicy).toBeUndefined();
    expect(call?.keyPolicies).toHaveLength(1);
});

test('giving a key its first policy needs the policy of the chaincode', async () => {
    expect(
        await interestOf((tx) => {
            tx.setStateMetadata('cc', 'k', guard);
        }),
    ).toEqual([{ name: 'cc' }]);
});

test('a private write alone needs the collection, not the chaincode', async () => {
    const calls = await interestOf((tx) => {
        tx.setPrivateData('cc', collection, 'k', Buffer.from('v'));
    });
    expect(calls).toEqual([{ name: 'cc', collectionNames: [collection], noPrivateReads: true }]);
});

test('system namespaces are of no interest', async () => {
    expect(await interestOf((tx) => tx.getState('_lifecycle', 'k'))).toEqual([]);
});
