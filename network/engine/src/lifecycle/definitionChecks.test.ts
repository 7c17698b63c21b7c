// SPDX-License-Identifier: Apache-2.0
import '../ledger/testing/quietLog.js';
import { assertSameParameters } from './definitionChecks.js';
import { approval, failed, LifecycleNetwork, proposed } from './testing/lifecycleNetwork.js';

describe('the parameters of a definition', () => {
    const parameters = {
        version: '1.0',
        endorsementPlugin: 'escc',
        validationPlugin: 'vscc',
        validationParameter: Buffer.of(1),
        initRequired: false,
        collections: {},
    };

    it.each([
        [{ version: '2.0' }, "expected Version '1.0' does not match passed Version '2.0'"],
        [{ initRequired: true }, "expected InitRequired 'false' does not match passed InitRequired 'true'"],
        [{ validationParameter: Buffer.of(2) }, "expected ValidationParameter '01' does not match"],
        [{ collections: { config: [{ staticCollectionConfig: { name: 'c' } }] } }, 'Collections do not match'],
    ])('are not the same with %j', (changes, text) => {
        expect(() => {
            assertSameParameters(parameters, { ...parameters, ...changes });
        }).toThrow(text);
    });
});

describe('_lifecycle on a channel without chaincode', () => {
    let network: LifecycleNetwork;

    beforeAll(async () => {
        network = await LifecycleNetwork.start();
    });

    afterAll(() => network.stop());

    it.each([
        [
            { name: 'bad name' },
            "invalid chaincode name 'bad name'. Names can only consist of alphanumerics, '_', and '-' and can only begin with alphanumerics",
        ],
        [{ name: 'qscc' }, "chaincode name 'qscc' is the name of a system chaincode"],
        [
            { version: 'a b' },
            "invalid chaincode version 'a b'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'",
        ],
        [{ validationPlugin: 'own' }, "validation plugin 'own' is not supported by this engine"],
        [{ endorsementPlugin: 'own' }, "endorsement plugin 'own' is not supported by this engine"],
        [
            { collections: { config: [{ staticCollectionConfig: { name: 'c' } }] } },
            "collection member policy is not set for collection 'c'",
        ],
    ])('refuses to approve or commit a definition with %j', async (changes, reason) => {
        const text = `error validating chaincode definition: ${reason}`;
        const approved = await network.query('AlphaMSP', 'ApproveChaincodeDefinitionForMyOrg', approval(changes));
        expect(approved).toMatchObject(failed('ApproveChaincodeDefinitionForMyOrg', text));
        const commit = await network.query('AlphaMSP', 'CommitChaincodeDefinition', proposed(changes));
        expect(commit).toMatchObject(failed('CommitChaincodeDefinition', text));
    });

    it.each([
        [0, 'requested sequence is 0, but first definable sequence number is 1'],
        [2, 'requested sequence 2 is larger than the next available sequence number 1'],
    ])('refuses to approve sequence %d first', async (sequence, reason) => {
        const answer = await network.query('AlphaMSP', 'ApproveChaincodeDefinitionForMyOrg', approval({ sequence }));
        expect(answer).toMatchObject(failed('ApproveChaincodeDefinitionForMyOrg', reason));
    });
});
