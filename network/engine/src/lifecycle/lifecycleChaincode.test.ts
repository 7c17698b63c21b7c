// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { parseBlock } from '../ledger/parsedTransaction.js';
import '../ledger/testing/quietLog.js';
import { TxValidationCode } from '../wire/codes.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { newSignedProposal } from '../wire/envelope.js';
import { common, lifecycle } from '../wire/protobuf.js';
import { AccessControl } from './accessControl.js';
import { definitionOf } from './chaincodeDefinitions.js';
import { ChaincodePackages, writeChaincodePackage } from './chaincodePackages.js';
import { LifecycleChaincode } from './lifecycleChaincode.js';
import type { PeerChannels } from './peerChannels.js';
import { channelId, testChannel, type TestChannel, type TestPeer } from './testing/testChannel.js';
import { endorsedTransaction } from './testing/transactions.js';

const organisations = ['AlphaMSP', 'BetaMSP'] as const;
type Organisation = (typeof organisations)[number];

interface Node {
    readonly peer: TestPeer;
    readonly packages: ChaincodePackages;
    readonly lifecycle: LifecycleChaincode;
}

interface Answer {
    readonly status: number;
    readonly message: string;
    readonly payload: Buffer;
}

type Caller = readonly [mspId: string, role: 'peer' | 'client' | 'admin'];

// The states build on each other: a channel's life from an empty ledger to an upgraded chaincode.
describe('_lifecycle', () => {
    let channel: TestChannel;
    let nodes: Record<Organisation, Node>;
    let packageId: string;

    beforeAll(async () => {
        channel = await testChannel();
        nodes = { AlphaMSP: await openNode('AlphaMSP'), BetaMSP: await openNode('BetaMSP') };
    });

    afterAll(async () => {
        for (const { peer } of Object.values(nodes)) await peer.ledger.close();
        channel.remove();
    });

    async function openNode(mspId: Organisation): Promise<Node> {
        const peer = await channel.openPeer(mspId);
        const packages = await ChaincodePackages.open({ fileSystemPath: join(channel.directory, `files-${mspId}`) });
        const channels: PeerChannels = {
            get: (id) => (id === channelId ? peer : undefined),
            ids: () => [channelId],
            join: () => Promise.reject(new Error('not in this test')),
        };
        const { msp: localMsp } = channel.member(mspId, 'peer');
        const accessControl = new AccessControl({ channels, localMsp });
        return { peer, packages, lifecycle: new LifecycleChaincode({ channels, packages, accessControl, mspId }) };
    }

    /** Calls one peer; with a channel the results are kept for `submit`. */
    async function call(node: Organisation, caller: Caller, args: Buffer[], on = channelId) {
        const { signer } = channel.member(...caller);
        const proposal = newSignedProposal(signer, { channelId: on, chaincode: '_lifecycle', args });
        const simulation = on === channelId ? nodes[node].peer.ledger.newSimulation(proposal.txId) : undefined;
        const response = await nodes[node].lifecycle.invoke({
            channelId: on,
            txId: proposal.txId,
            args,
            signedProposal: proposal.signedProposal,
            creator: signer.serialized,
            ...(simulation !== undefined && { simulation }),
        });
        const answer: Answer = {
            status: response.status ?? 0,
            message: response.message ?? '',
            payload: asBuffer(response.payload),
        };
        return { answer, proposal, signer, simulated: simulation?.finish() };
    }

    async function query(node: Organisation, name: string, args: Buffer, caller: Caller = [node, 'admin']): Promise<Answer> {
        return (await call(node, caller, [Buffer.from(name), args])).answer;
    }

    /** Endorses on the first organisation's peer, adds the other endorsers' signatures, and commits on all peers. */
    async function submit(endorsers: readonly Organisation[], name: string, args: Buffer): Promise<Answer & { code: number }> {
        const [first] = endorsers;
        if (first === undefined) throw new Error('an endorser is needed');
        const { answer, proposal, signer, simulated } = await call(first, [first, 'admin'], [Buffer.from(name), args]);
        if (answer.status !== 200 || simulated === undefined) return { ...answer, code: -1 };
        const { ledger } = nodes[first].peer;
        if (simulated.privateResults !== undefined) {
            await ledger.transientStore.put(proposal.txId, simulated.privateResults, ledger.height);
        }
        const transaction = endorsedTransaction(signer, proposal, {
            chaincode: '_lifecycle',
            results: simulated.results,
            endorsers: endorsers.map((mspId) => channel.member(mspId, 'peer').signer),
        });
        const codes: number[] = [];
        for (const organisation of organisations) {
            const committed = await nodes[organisation].peer.commit(transaction);
            codes.push(...committed.codes);
        }
        expect(new Set(codes).size).toBe(1);
        return { ...answer, code: codes[0] ?? -1 };
    }

    const definition = (changes: lifecycle.ApproveChaincodeDefinitionForMyOrgArgs.$Properties = {}): Buffer =>
        encode(lifecycle.ApproveChaincodeDefinitionForMyOrgArgs, { sequence: 1, name: 'basic', version: '1.0', ...changes });
    const source = (): lifecycle.ApproveChaincodeDefinitionForMyOrgArgs.$Properties => ({
        source: { localPackage: { packageId } },
    });
    const proposed = (changes: lifecycle.CommitChaincodeDefinitionArgs.$Properties = {}): Buffer =>
        encode(lifecycle.CommitChaincodeDefinitionArgs, { sequence: 1, name: 'basic', version: '1.0', ...changes });
    const failed = (name: string, cause: string): Partial<Answer> => ({
        status: 500,
        message: `failed to invoke backing implementation of '${name}': ${cause}`,
    });

    it('wants exactly two arguments', async () => {
        expect((await call('AlphaMSP', ['AlphaMSP', 'admin'], [])).answer.message).toBe(
            'lifecycle scc must be invoked with arguments',
        );
        const three = [Buffer.from('InstallChaincode'), Buffer.alloc(0), Buffer.alloc(0)];
        expect((await call('AlphaMSP', ['AlphaMSP', 'admin'], three)).answer.message).toBe(
            'lifecycle scc operations require exactly two arguments but received 3',
        );
    });

    it('asks who is calling before it asks what for', async () => {
        expect(await query('AlphaMSP', 'Nope', Buffer.alloc(0))).toMatchObject({
            status: 500,
            message: 'Failed to authorize invocation due to failed ACL check: Unmapped policy for _lifecycle/Nope',
        });
        const byClient = await query('AlphaMSP', 'QueryInstalledChaincodes', Buffer.alloc(0), ['AlphaMSP', 'client']);
        expect(byClient.message).toBe(
            "Failed to authorize invocation due to failed ACL check: Failed verifying that proposal's creator satisfies local " +
                'MSP principal during channelless check policy with policy [Admins]: [The identity is not an admin under ' +
                'this MSP [AlphaMSP]: The identity does not contain OU [ADMIN], MSP: [AlphaMSP]]',
        );
    });

    it('refuses arguments that are not the message of the function', async () => {
        const answer = await query('AlphaMSP', 'CheckCommitReadiness', Buffer.from([0xff]));
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
            const { answer } = await call(organisation, [organisation, 'admin'], [Buffer.from('InstallChaincode'), args], '');
            expect(answer.status).toBe(200);
            ({ packageId } = decode(lifecycle.InstallChaincodeResult, answer.payload, 'result'));
            expect(packageId).toMatch(/^basic_1:[0-9a-f]{64}$/);
        }
        const again = await call('AlphaMSP', ['AlphaMSP', 'admin'], [Buffer.from('InstallChaincode'), args], '');
        expect(again.answer).toMatchObject(
            failed('InstallChaincode', `chaincode already successfully installed (package ID '${packageId}')`),
        );
        const stored = await call('AlphaMSP', ['AlphaMSP', 'admin'], [
            Buffer.from('GetInstalledChaincodePackage'),
            encode(lifecycle.GetInstalledChaincodePackageArgs, { packageId }),
        ], '');
        const result = decode(lifecycle.GetInstalledChaincodePackageResult, stored.answer.payload, 'result');
        expect(asBuffer(result.chaincodeInstallPackage).equals(bytes)).toBe(true);
    });

    it.each([
        [{ name: 'bad name' }, "invalid chaincode name 'bad name'. Names can only consist of alphanumerics, '_', and '-' and can only begin with alphanumerics"],
        [{ name: 'qscc' }, "chaincode name 'qscc' is the name of a system chaincode"],
        [{ version: 'a b' }, "invalid chaincode version 'a b'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'"],
        [{ validationPlugin: 'own' }, "validation plugin 'own' is not supported by this engine"],
        [{ endorsementPlugin: 'own' }, "endorsement plugin 'own' is not supported by this engine"],
        [{ collections: { config: [{ staticCollectionConfig: { name: 'c' } }] } }, 'private data collections are not supported by this engine'],
    ])('refuses to approve or commit a definition with %j', async (changes, reason) => {
        const text = `error validating chaincode definition: ${reason}`;
        const approval = await query('AlphaMSP', 'ApproveChaincodeDefinitionForMyOrg', definition(changes));
        expect(approval).toMatchObject(failed('ApproveChaincodeDefinitionForMyOrg', text));
        const commit = await query('AlphaMSP', 'CommitChaincodeDefinition', proposed(changes));
        expect(commit).toMatchObject(failed('CommitChaincodeDefinition', text));
    });

    it.each([
        [0, 'requested sequence is 0, but first definable sequence number is 1'],
        [2, 'requested sequence 2 is larger than the next available sequence number 1'],
    ])('refuses to approve sequence %d first', async (sequence, reason) => {
        const answer = await query('AlphaMSP', 'ApproveChaincodeDefinitionForMyOrg', definition({ sequence }));
        expect(answer).toMatchObject(failed('ApproveChaincodeDefinitionForMyOrg', reason));
    });

    it('approves with the endorsement of one organisation alone', async () => {
        const { code } = await submit(['AlphaMSP'], 'ApproveChaincodeDefinitionForMyOrg', definition(source()));
        expect(code).toBe(TxValidationCode.VALID);
        const again = await query('AlphaMSP', 'ApproveChaincodeDefinitionForMyOrg', definition(source()));
        expect(again).toMatchObject(
            failed(
                'ApproveChaincodeDefinitionForMyOrg',
                'attempted to redefine uncommitted sequence (1) for namespace basic with unchanged content',
            ),
        );
    });

    it('tells who is ready to commit, also from the peer of another organisation', async () => {
        for (const organisation of organisations) {
            const answer = await query(organisation, 'CheckCommitReadiness', proposed(), [organisation, 'client']);
            const result = decode(lifecycle.CheckCommitReadinessResult, answer.payload, 'result');
            expect(result.approvals).toEqual({ AlphaMSP: true, BetaMSP: false });
            expect(result.mismatches['BetaMSP']?.items).toEqual(['ChaincodeParameters']);
        }
        const other = await query('BetaMSP', 'CheckCommitReadiness', proposed({ version: '2', initRequired: true }));
        const { mismatches } = decode(lifecycle.CheckCommitReadinessResult, other.payload, 'result');
        expect(mismatches['AlphaMSP']?.items).toEqual(['EndorsementInfo']);
    });

    it('does not endorse a definition that its own organisation has not approved', async () => {
        const answer = await query('BetaMSP', 'CommitChaincodeDefinition', proposed());
        expect(answer).toMatchObject(
            failed('CommitChaincodeDefinition', 'chaincode definition not agreed to by this org (BetaMSP)'),
        );
    });

    it('commits when the lifecycle policy is satisfied and not before', async () => {
        await submit(['BetaMSP'], 'ApproveChaincodeDefinitionForMyOrg', definition());
        const alone = await submit(['AlphaMSP'], 'CommitChaincodeDefinition', proposed());
        expect(alone.code).toBe(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        const together = await submit(['AlphaMSP', 'BetaMSP'], 'CommitChaincodeDefinition', proposed());
        expect(together.code).toBe(TxValidationCode.VALID);
        const reader = nodes.BetaMSP.peer.ledger.newReader();
        expect(definitionOf(reader, 'basic')).toMatchObject({ sequence: 1, version: '1.0', validationPlugin: 'vscc' });
        reader.release();
    });

    it('shows committed definitions with the approvals of all organisations', async () => {
        const args = encode(lifecycle.QueryChaincodeDefinitionArgs, { name: 'basic' });
        const answer = await query('BetaMSP', 'QueryChaincodeDefinition', args, ['AlphaMSP', 'client']);
        const result = decode(lifecycle.QueryChaincodeDefinitionResult, answer.payload, 'result');
        expect(result).toMatchObject({ sequence: 1, version: '1.0', approvals: { AlphaMSP: true, BetaMSP: true } });
        const policy = decode(common.ApplicationPolicy, result.validationParameter, 'policy');
        expect(policy.channelConfigPolicyReference).toBe('/Channel/Application/Endorsement');
        const all = await query('AlphaMSP', 'QueryChaincodeDefinitions', Buffer.alloc(0));
        const { chaincodeDefinitions } = decode(lifecycle.QueryChaincodeDefinitionsResult, all.payload, 'result');
        expect(chaincodeDefinitions.map(({ name, sequence }) => [name, sequence])).toEqual([['basic', 1]]);
    });

    it('answers 404 for a chaincode without definition', async () => {
        const args = encode(lifecycle.QueryChaincodeDefinitionArgs, { name: 'x' });
        const answer = await query('AlphaMSP', 'QueryChaincodeDefinition', args);
        expect(answer).toMatchObject({ status: 404, message: 'namespace x is not defined' });
    });

    it('shows which chaincodes run from an installed package', async () => {
        const args = encode(lifecycle.QueryInstalledChaincodeArgs, { packageId });
        const references = async (node: Organisation) => {
            const answer = await query(node, 'QueryInstalledChaincode', args);
            return decode(lifecycle.QueryInstalledChaincodeResult, answer.payload, 'result').references;
        };
        expect((await references('AlphaMSP'))[channelId]?.chaincodes).toMatchObject([{ name: 'basic', version: '1.0' }]);
        expect(await references('BetaMSP')).toEqual({});
        const unknown = encode(lifecycle.QueryInstalledChaincodeArgs, { packageId: 'x_1:00' });
        expect(await query('AlphaMSP', 'QueryInstalledChaincode', unknown)).toMatchObject(
            failed('QueryInstalledChaincode', "could not find chaincode with package id 'x_1:00'"),
        );
        expect(await query('AlphaMSP', 'GetInstalledChaincodePackage', unknown)).toMatchObject(
            failed('GetInstalledChaincodePackage', "could not load cc install package: chaincode install package 'x_1:00' not found"),
        );
    });

    it('lets an organisation name its package after the commit, and nothing else', async () => {
        const other = await query('BetaMSP', 'ApproveChaincodeDefinitionForMyOrg', definition({ version: '1.1', ...source() }));
        expect(other).toMatchObject(
            failed(
                'ApproveChaincodeDefinitionForMyOrg',
                "attempted to redefine the current committed sequence (1) for namespace basic with different parameters: expected Version '1.0' does not match passed Version '1.1'",
            ),
        );
        const late = await submit(['BetaMSP'], 'ApproveChaincodeDefinitionForMyOrg', definition(source()));
        expect(late.code).toBe(TxValidationCode.VALID);
        const again = await query('BetaMSP', 'ApproveChaincodeDefinitionForMyOrg', definition(source()));
        expect(again).toMatchObject(
            failed('ApproveChaincodeDefinitionForMyOrg', 'attempted to redefine the current committed sequence (1) for namespace basic'),
        );
    });

    it('shows what the own organisation approved', async () => {
        const args = encode(lifecycle.QueryApprovedChaincodeDefinitionArgs, { name: 'basic' });
        const answer = await query('BetaMSP', 'QueryApprovedChaincodeDefinition', args);
        const result = decode(lifecycle.QueryApprovedChaincodeDefinitionResult, answer.payload, 'result');
        expect(result).toMatchObject({ sequence: 1, version: '1.0', source: { localPackage: { packageId } } });
        const all = await query('BetaMSP', 'QueryApprovedChaincodeDefinitions', Buffer.alloc(0));
        const list = decode(lifecycle.QueryApprovedChaincodeDefinitionsResult, all.payload, 'result');
        expect(list.approvedChaincodeDefinitions.map(({ name, sequence }) => [name, sequence])).toEqual([['basic', 1]]);
        const unknown = encode(lifecycle.QueryApprovedChaincodeDefinitionArgs, { name: 'x' });
        expect(await query('BetaMSP', 'QueryApprovedChaincodeDefinition', unknown)).toMatchObject(
            failed(
                'QueryApprovedChaincodeDefinition',
                `could not fetch approved chaincode definition (name: 'x', sequence: '0') on channel '${channelId}'`,
            ),
        );
    });

    it('refuses a sequence that is in force already', async () => {
        for (const name of ['CheckCommitReadiness', 'CommitChaincodeDefinition']) {
            const answer = await query('AlphaMSP', name, proposed());
            expect(answer).toMatchObject(failed(name, 'requested sequence is 1, but new definition must be sequence 2'));
        }
    });

    it('writes only what an upgrade changes', async () => {
        for (const organisation of organisations) {
            await submit([organisation], 'ApproveChaincodeDefinitionForMyOrg', definition({ sequence: 2, version: '2.0', ...source() }));
        }
        const upgrade = proposed({ sequence: 2, version: '2.0' });
        const { code } = await submit(['BetaMSP', 'AlphaMSP'], 'CommitChaincodeDefinition', upgrade);
        expect(code).toBe(TxValidationCode.VALID);
        const { ledger } = nodes.AlphaMSP.peer;
        const { chaincodeAction, readWriteSet } = lastTransaction(ledger.block(ledger.height - 1));
        expect(chaincodeAction.chaincodeId?.name).toBe('_lifecycle');
        expect(readWriteSet.flatMap(({ kv }) => kv.writes.map(({ key }) => key))).toEqual([
            'namespaces/fields/basic/EndorsementInfo',
            'namespaces/fields/basic/Sequence',
        ]);
        expect(readWriteSet.map(({ namespace }) => namespace)).toEqual(['_lifecycle']);
    });

    it('refuses a sequence that lies behind', async () => {
        const answer = await query('AlphaMSP', 'ApproveChaincodeDefinitionForMyOrg', definition({ sequence: 1 }));
        expect(answer).toMatchObject(
            failed('ApproveChaincodeDefinitionForMyOrg', 'currently defined sequence 2 is larger than requested sequence 1'),
        );
    });
});

function lastTransaction(block: common.Block): ReturnType<typeof parseBlock>[number] {
    const [transaction] = parseBlock(block);
    if (transaction === undefined) throw new Error('empty block');
    return transaction;
}
