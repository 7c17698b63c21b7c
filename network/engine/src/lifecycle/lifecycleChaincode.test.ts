// SPDX-License-Identifier: Apache-2.0
import { parseBlock } from '../ledger/validation/parsedTransaction.js';
import '../ledger/testing/quietLog.js';
import { TxValidationCode } from '../wire/codes.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { common, lifecycle } from '../wire/protobuf.js';
import { definitionOf } from './chaincodeDefinitions.js';
import { writeChaincodePackage } from './chaincodePackage.js';
import {
    approval,
    failed,
    LifecycleNetwork,
    organisations,
    proposed,
    type Organisation,
} from './testing/lifecycleNetwork.js';
import { channelId } from './testing/testChannel.js';

// The tests build on each other: a channel's life from an empty ledger to an upgraded chaincode.
describe('_lifecycle', () => {
    let network: LifecycleNetwork;
    let packageId: string;

    beforeAll(async () => {
        network = await LifecycleNetwork.start();
    });

    afterAll(() => network.stop());

    const source = (): lifecycle.ApproveChaincodeDefinitionForMyOrgArgs.$Properties => ({
        source: { localPackage: { packageId } },
    });

    it('wants exactly two arguments', async () => {
        expect((await network.call('AlphaMSP', ['AlphaMSP', 'admin'], [])).answer.message).toBe(
            'lifecycle scc must be invoked with arguments',
        );
        const three = [Buffer.from('InstallChaincode'), Buffer.alloc(0), Buffer.alloc(0)];
        expect((await network.call('AlphaMSP', ['AlphaMSP', 'admin'], three)).answer.message).toBe(
            'lifecycle scc operations require exactly two arguments but received 3',
        );
    });

    it('asks who is calling before it asks what for', async () => {
        expect(await network.query('AlphaMSP', 'Nope', Buffer.alloc(0))).toMatchObject({
            status: 500,
            message: 'Failed to authorize invocation due to failed ACL check: Unmapped policy for _lifecycle/Nope',
        });
        const byClient = await network.query('AlphaMSP', 'QueryInstalledChaincodes', Buffer.alloc(0), [
            'AlphaMSP',
            'client',
        ]);
        expect(byClient.message).toBe(
            "Failed to authorize invocation due to failed ACL check: Failed verifying that proposal's creator satisfies local " +
                'MSP principal during channelless check policy with policy [Admins]: [The identity is not an admin under ' +
                'this MSP [AlphaMSP]: The identity does not contain OU [ADMIN], MSP: [AlphaMSP]]',
        );
    });

    it('refuses arguments that are not the message of the function', async () => {
        const answer = await network.query('AlphaMSP', 'CheckCommitReadiness', Buffer.from([0xff]));
        expect(answer.message).toContain(
            "failed to invoke backing implementation of 'CheckCommitReadiness': could not decode input arg for *lifecycle.Invocation.CheckCommitReadiness: ",
        );
    });

    it('installs a package on each peer and refuses it a second time', async () => {
        const connection = { address: 'localhost:9999', dial_timeout: '10s', tls_required: false };
        const bytes = await writeChaincodePackage({ label: 'basic_1', type: 'ccaas', path: '' }, [
            { name: 'connection.json', content: Buffer.from(JSON.stringify(connection)) },
        ]);
        const args = encode(lifecycle.InstallChaincodeArgs, { chaincodeInstallPackage: bytes });
        for (const organisation of organisations) {
            const { answer } = await network.call(
                organisation,
                [organisation, 'admin'],
                [Buffer.from('InstallChaincode'), args],
                '',
            );
            expect(answer.status).toBe(200);
            ({ packageId } = decode(lifecycle.InstallChaincodeResult, answer.payload, 'result'));
            expect(packageId).toMatch(/^basic_1:[0-9a-f]{64}$/);
        }
        const again = await network.call(
            'AlphaMSP',
            ['AlphaMSP', 'admin'],
            [Buffer.from('InstallChaincode'), args],
            '',
        );
        expect(again.answer).toMatchObject(
            failed('InstallChaincode', `chaincode already successfully installed (package ID '${packageId}')`),
        );
        const stored = await network.call(
            'AlphaMSP',
            ['AlphaMSP', 'admin'],
            [
                Buffer.from('GetInstalledChaincodePackage'),
                encode(lifecycle.GetInstalledChaincodePackageArgs, { packageId }),
            ],
            '',
        );
        const result = decode(lifecycle.GetInstalledChaincodePackageResult, stored.answer.payload, 'result');
        expect(asBuffer(result.chaincodeInstallPackage).equals(bytes)).toBe(true);
    });

    it('approves with the endorsement of one organisation alone', async () => {
        const code = await network.submit(['AlphaMSP'], 'ApproveChaincodeDefinitionForMyOrg', approval(source()));
        expect(code).toBe(TxValidationCode.VALID);
        const again = await network.query('AlphaMSP', 'ApproveChaincodeDefinitionForMyOrg', approval(source()));
        expect(again).toMatchObject(
            failed(
                'ApproveChaincodeDefinitionForMyOrg',
                'attempted to redefine uncommitted sequence (1) for namespace basic with unchanged content',
            ),
        );
    });

    it('tells who is ready to commit, also from the peer of another organisation', async () => {
        for (const organisation of organisations) {
            const answer = await network.query(organisation, 'CheckCommitReadiness', proposed(), [
                organisation,
                'client',
            ]);
            const result = decode(lifecycle.CheckCommitReadinessResult, answer.payload, 'result');
            expect(result.approvals).toEqual({ AlphaMSP: true, BetaMSP: false });
            expect(result.mismatches.BetaMSP?.items).toEqual(['ChaincodeParameters']);
        }
        const other = await network.query(
            'BetaMSP',
            'CheckCommitReadiness',
            proposed({ version: '2', initRequired: true }),
        );
        const { mismatches } = decode(lifecycle.CheckCommitReadinessResult, other.payload, 'result');
        expect(mismatches.AlphaMSP?.items).toEqual(['EndorsementInfo']);
    });

    it('does not endorse a definition that its own organisation has not approved [V49]', async () => {
        const answer = await network.query('BetaMSP', 'CommitChaincodeDefinition', proposed());
        expect(answer).toMatchObject(
            failed('CommitChaincodeDefinition', 'chaincode definition not agreed to by this org (BetaMSP)'),
        );
    });

    it('commits when the lifecycle policy is satisfied and not before', async () => {
        await network.submit(['BetaMSP'], 'ApproveChaincodeDefinitionForMyOrg', approval());
        const alone = await network.submit(['AlphaMSP'], 'CommitChaincodeDefinition', proposed());
        expect(alone).toBe(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        const together = await network.submit(['AlphaMSP', 'BetaMSP'], 'CommitChaincodeDefinition', proposed());
        expect(together).toBe(TxValidationCode.VALID);
        const reader = network.peer('BetaMSP').ledger.newReader();
        expect(definitionOf(reader, 'basic')).toMatchObject({ sequence: 1, version: '1.0', validationPlugin: 'vscc' });
        reader.release();
    });

    it('shows committed definitions with the approvals of all organisations', async () => {
        const args = encode(lifecycle.QueryChaincodeDefinitionArgs, { name: 'basic' });
        const answer = await network.query('BetaMSP', 'QueryChaincodeDefinition', args, ['AlphaMSP', 'client']);
        const result = decode(lifecycle.QueryChaincodeDefinitionResult, answer.payload, 'result');
        expect(result).toMatchObject({ sequence: 1, version: '1.0', approvals: { AlphaMSP: true, BetaMSP: true } });
        const policy = decode(common.ApplicationPolicy, result.validationParameter, 'policy');
        expect(policy.channelConfigPolicyReference).toBe('/Channel/Application/Endorsement');
        const all = await network.query('AlphaMSP', 'QueryChaincodeDefinitions', Buffer.alloc(0));
        const { chaincodeDefinitions } = decode(lifecycle.QueryChaincodeDefinitionsResult, all.payload, 'result');
        expect(chaincodeDefinitions.map(({ name, sequence }) => [name, sequence])).toEqual([['basic', 1]]);
    });

    it('answers 404 for a chaincode without definition', async () => {
        const args = encode(lifecycle.QueryChaincodeDefinitionArgs, { name: 'x' });
        const answer = await network.query('AlphaMSP', 'QueryChaincodeDefinition', args);
        expect(answer).toMatchObject({ status: 404, message: 'namespace x is not defined' });
    });

    it('shows which chaincodes run from an installed package', async () => {
        const args = encode(lifecycle.QueryInstalledChaincodeArgs, { packageId });
        const references = async (node: Organisation) => {
            const answer = await network.query(node, 'QueryInstalledChaincode', args);
            return decode(lifecycle.QueryInstalledChaincodeResult, answer.payload, 'result').references;
        };
        expect((await references('AlphaMSP'))[channelId]?.chaincodes).toMatchObject([
            { name: 'basic', version: '1.0' },
        ]);
        expect(await references('BetaMSP')).toEqual({});
        const unknown = encode(lifecycle.QueryInstalledChaincodeArgs, { packageId: 'x_1:00' });
        expect(await network.query('AlphaMSP', 'QueryInstalledChaincode', unknown)).toMatchObject(
            failed('QueryInstalledChaincode', "could not find chaincode with package id 'x_1:00'"),
        );
        expect(await network.query('AlphaMSP', 'GetInstalledChaincodePackage', unknown)).toMatchObject(
            failed(
                'GetInstalledChaincodePackage',
                "could not load cc install package: chaincode install package 'x_1:00' not found",
            ),
        );
    });

    it('lets an organisation name its package after the commit, and nothing else', async () => {
        const other = await network.query(
            'BetaMSP',
            'ApproveChaincodeDefinitionForMyOrg',
            approval({ version: '1.1', ...source() }),
        );
        expect(other).toMatchObject(
            failed(
                'ApproveChaincodeDefinitionForMyOrg',
                "attempted to redefine the current committed sequence (1) for namespace basic with different parameters: expected Version '1.0' does not match passed Version '1.1'",
            ),
        );
        const late = await network.submit(['BetaMSP'], 'ApproveChaincodeDefinitionForMyOrg', approval(source()));
        expect(late).toBe(TxValidationCode.VALID);
        const again = await network.query('BetaMSP', 'ApproveChaincodeDefinitionForMyOrg', approval(source()));
        expect(again).toMatchObject(
            failed(
                'ApproveChaincodeDefinitionForMyOrg',
                'attempted to redefine the current committed sequence (1) for namespace basic',
            ),
        );
    });

    it('shows what the own organisation approved', async () => {
        const args = encode(lifecycle.QueryApprovedChaincodeDefinitionArgs, { name: 'basic' });
        const answer = await network.query('BetaMSP', 'QueryApprovedChaincodeDefinition', args);
        const result = decode(lifecycle.QueryApprovedChaincodeDefinitionResult, answer.payload, 'result');
        expect(result).toMatchObject({ sequence: 1, version: '1.0', source: { localPackage: { packageId } } });
        const all = await network.query('BetaMSP', 'QueryApprovedChaincodeDefinitions', Buffer.alloc(0));
        const list = decode(lifecycle.QueryApprovedChaincodeDefinitionsResult, all.payload, 'result');
        expect(list.approvedChaincodeDefinitions.map(({ name, sequence }) => [name, sequence])).toEqual([['basic', 1]]);
        const unknown = encode(lifecycle.QueryApprovedChaincodeDefinitionArgs, { name: 'x' });
        expect(await network.query('BetaMSP', 'QueryApprovedChaincodeDefinition', unknown)).toMatchObject(
            failed(
                'QueryApprovedChaincodeDefinition',
                `could not fetch approved chaincode definition (name: 'x', sequence: '0') on channel '${channelId}'`,
            ),
        );
    });

    it('refuses a sequence that is in force already', async () => {
        for (const name of ['CheckCommitReadiness', 'CommitChaincodeDefinition']) {
            const answer = await network.query('AlphaMSP', name, proposed());
            expect(answer).toMatchObject(
                failed(name, 'requested sequence is 1, but new definition must be sequence 2'),
            );
        }
    });

    it('writes only what an upgrade changes', async () => {
        for (const organisation of organisations) {
            await network.submit(
                [organisation],
                'ApproveChaincodeDefinitionForMyOrg',
                approval({ sequence: 2, version: '2.0', ...source() }),
            );
        }
        const upgrade = proposed({ sequence: 2, version: '2.0' });
        const code = await network.submit(['BetaMSP', 'AlphaMSP'], 'CommitChaincodeDefinition', upgrade);
        expect(code).toBe(TxValidationCode.VALID);
        const { ledger } = network.peer('AlphaMSP');
        const { chaincodeAction, readWriteSet } = lastTransaction(ledger.block(ledger.height - 1));
        expect(chaincodeAction.chaincodeId?.name).toBe('_lifecycle');
        expect(readWriteSet.flatMap(({ kv }) => kv.writes.map(({ key }) => key))).toEqual([
            'namespaces/fields/basic/EndorsementInfo',
            'namespaces/fields/basic/Sequence',
        ]);
        expect(readWriteSet.map(({ namespace }) => namespace)).toEqual(['_lifecycle']);
    });

    it('refuses a sequence that lies behind', async () => {
        const answer = await network.query('AlphaMSP', 'ApproveChaincodeDefinitionForMyOrg', approval({ sequence: 1 }));
        expect(answer).toMatchObject(
            failed(
                'ApproveChaincodeDefinitionForMyOrg',
                'currently defined sequence 2 is larger than requested sequence 1',
            ),
        );
    });
});

function lastTransaction(block: common.Block): ReturnType<typeof parseBlock>[number] {
    const [transaction] = parseBlock(block);
    if (transaction === undefined) throw new Error('empty block');
    return transaction;
}
