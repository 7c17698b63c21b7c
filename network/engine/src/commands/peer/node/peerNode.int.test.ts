// SPDX-License-Identifier: Apache-2.0
import { CommitError, EndorseError, GatewayError, type Contract, type Network } from '@hyperledger/fabric-gateway';
import { asBuffer, encode } from '../../../wire/decode.js';
import { gateway as gatewayMessages } from '../../../wire/protobuf.js';
import { connectGateway, deployChaincode, type GatewayClient } from './testing/gatewayClient.js';
import { untilSameHeight } from './testing/heights.js';
import type { MemberNode } from './testing/memberNode.js';
import { channelId, startTestNetwork, type TestNetwork } from './testing/testNetwork.js';

const mspIds = ['AuthorityMSP', 'CentralBankMSP', 'CooperativeMSP'];
let network: TestNetwork;
let client: GatewayClient;
let chain: Network;
let contract: Contract;

beforeAll(async () => {
    network = await startTestNetwork({ mspIds });
    await deployChaincode(
        network.members,
        'vector',
        "OutOf(2,'AuthorityMSP.peer','CentralBankMSP.peer','CooperativeMSP.peer')",
    );
    client = connectGateway(member(0));
    chain = client.gateway.getNetwork(channelId);
    contract = chain.getContract('vector');
});
afterAll(async () => {
    client.close();
    await network.close();
});

function member(index: number): MemberNode {
    const found = network.members[index];
    if (found === undefined) throw new Error(`no member ${String(index)}`);
    return found;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test('two of three members endorse, and every member commits', async () => {
    expect(text(await contract.submitTransaction('put', 'a', '1'))).toBe('put');
    await untilSameHeight(network.members);
    for (const node of network.members) {
        expect((await node.propose(channelId, 'vector', [Buffer.from('get'), Buffer.from('a')])).toString()).toBe('1');
    }
});

test('concurrent changes of one key conflict, and one wins', async () => {
    await contract.submitTransaction('put', 'contended', '');
    const outcomes = await Promise.allSettled(
        ['x', 'y', 'z'].map((add) => contract.submitTransaction('rmw', 'contended', add)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const rejected = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    for (const reason of rejected) {
        expect(reason).toBeInstanceOf(CommitError);
        expect((reason as CommitError).code).toBe(11);
    }
});

test('one endorser alone is committed as invalid', async () => {
    const submission = contract.submit('put', { arguments: ['b', '1'], endorsingOrganizations: ['AuthorityMSP'] });
    await expect(submission).rejects.toMatchObject({ code: 10 });
});

test("a chaincode's error text reaches the client of an evaluation and of a submission", async () => {
    await expect(contract.evaluateTransaction('error', 'no funds')).rejects.toMatchObject({
        code: 2,
        details: [
            {
                address: `localhost:${String(member(0).port)}`,
                mspId: 'AuthorityMSP',
                message: 'chaincode response 500, no funds',
            },
        ],
    });
    const submission = contract.submitTransaction('error', 'no funds');
    await expect(submission).rejects.toBeInstanceOf(EndorseError);
    await expect(submission).rejects.toMatchObject({
        code: 10,
        details: [{ message: 'chaincode response 500, no funds' }],
    });
});

test('endorsers that differ are told apart by name', async () => {
    const submission = contract.submitTransaction('divergePayload', 'd');
    await expect(submission).rejects.toMatchObject({ code: 10 });
    const error = (await submission.catch((reason: unknown) => reason)) as GatewayError;
    expect(error.details.map(({ message }) => message)).toContain('ProposalResponsePayloads do not match');
});

test('ranges, history, composite keys and pages come back as from Fabric', async () => {
    const many = Array.from({ length: 250 }, (_, index) => [`r${String(index).padStart(3, '0')}`, String(index)]);
    await contract.submitTransaction('putMany', JSON.stringify(many));
    const rows = JSON.parse(text(await contract.evaluateTransaction('range', 'r', 's'))) as unknown[];
    expect(rows).toHaveLength(250);
    const page = JSON.parse(text(await contract.evaluateTransaction('page', 'r', 's', '7', 'r100'))) as unknown;
    expect(page).toMatchObject({ metadata: { fetched: 7, bookmark: 'r107' } });
    await contract.submitTransaction('put', 'a', '2');
    const history = JSON.parse(text(await contract.evaluateTransaction('history', 'a'))) as { value: string }[];
    expect(history.map(({ value }) => value)).toEqual(['2', '1']);
    await expect(contract.evaluateTransaction('rich', '{}')).rejects.toThrow('ExecuteQuery not supported for leveldb');
});

test('events reach a listener from the block it asks for', async () => {
    const { blockNumber } = await (
        await contract.submitAsync('event', { arguments: ['Minted', 'one', 'e1', 'v'] })
    ).getStatus();
    await contract.submitTransaction('event', 'Minted', 'two', 'e2', 'v');
    const events = await chain.getChaincodeEvents('vector', { startBlock: blockNumber });
    const seen: string[] = [];
    for await (const { eventName, payload } of events) {
        seen.push(`${eventName} ${text(payload)}`);
        if (seen.length === 2) break;
    }
    events.close();
    expect(seen).toEqual(['Minted one', 'Minted two']);
});

test('a key with an endorsement policy of its own is endorsed by who it names', async () => {
    await contract.submitTransaction('sbePut', 'guarded', 'v', 'CooperativeMSP');
    await contract.submitTransaction('put', 'guarded', 'w');
    const alone = contract.submit('put', {
        arguments: ['guarded', 'x'],
        endorsingOrganizations: ['AuthorityMSP', 'CentralBankMSP'],
    });
    await expect(alone).rejects.toMatchObject({ code: 10 });
});

describe('the gateway refuses with the codes and texts of Fabric', () => {
    const requests: readonly (readonly [string, string, Buffer, number, string])[] = [
        [
            'Evaluate',
            'no proposal',
            Buffer.alloc(0),
            3,
            'failed to unpack transaction proposal: a signed proposal is required',
        ],
        ['Endorse', 'no proposal', Buffer.alloc(0), 3, 'the proposed transaction must contain a signed proposal'],
        ['Submit', 'no transaction', Buffer.alloc(0), 3, 'a prepared transaction is required'],
        [
            'Submit',
            'no signature',
            encode(gatewayMessages.SubmitRequest, { channelId, preparedTransaction: { payload: Buffer.from('x') } }),
            3,
            'prepared transaction must be signed',
        ],
        [
            'Submit',
            'unknown channel',
            encode(gatewayMessages.SubmitRequest, {
                channelId: 'nope',
                preparedTransaction: { signature: Buffer.from('x') },
            }),
            9,
            'failed to get config for channel [nope]: could not get last config for channel nope',
        ],
        ['CommitStatus', 'no request', Buffer.alloc(0), 3, 'a commit status request is required'],
        ['ChaincodeEvents', 'no request', Buffer.alloc(0), 3, 'a chaincode events request is required'],
    ];

    test.each(requests)('%s: %s', async (method, _what, request, code, message) => {
        const call = member(0).connection.unary(`/gateway.Gateway/${method}`, request);
        await expect(call).rejects.toMatchObject({ code, message });
    });

    test('unknown chaincode, channel and organisation', async () => {
        const absent = chain.getContract('absent');
        await expect(absent.evaluateTransaction('f')).rejects.toMatchObject({ code: 9 });
        await expect(absent.submitTransaction('f')).rejects.toThrow('No metadata was found for chaincode absent');
        const elsewhere = client.gateway.getNetwork('nope').getContract('vector');
        await expect(elsewhere.evaluateTransaction('f')).rejects.toMatchObject({ code: 14 });
        const named = contract.submit('put', { arguments: ['a', '1'], endorsingOrganizations: ['NobodyMSP'] });
        await expect(named).rejects.toThrow('failed to find any endorsing peers for org(s): NobodyMSP');
    });

    test('a service that the engine lacks is named', async () => {
        const call = member(0).connection.unary('/protos.Snapshot/Generate', Buffer.alloc(0));
        await expect(call).rejects.toMatchObject({ code: 12, message: expect.stringContaining('Snapshot') as unknown });
    });
});

test('a chaincode that was killed and restarted serves the next transaction', async () => {
    await member(0).chaincode.end('SIGKILL');
    await expect(
        contract.evaluate('get', { arguments: ['a'], endorsingOrganizations: ['AuthorityMSP'] }),
    ).rejects.toThrow(GatewayError);
    await member(0).chaincode.start();
    expect(text(await contract.submitTransaction('put', 'after', 'restart'))).toBe('put');
});

test('a transaction succeeds while one of the endorsing peers is down, and the peer catches up', async () => {
    await member(1).peer.end('SIGKILL');
    for (let round = 0; round < 4; round++) await contract.submitTransaction('put', `down${String(round)}`, '1');
    await member(1).peer.start();
    await untilSameHeight(network.members);
    const value = await member(1).propose(channelId, 'vector', [Buffer.from('get'), Buffer.from('down3')]);
    expect(value.toString()).toBe('1');
});

test('an orderer that was killed and restarted takes the next transaction', async () => {
    await network.orderer.end('SIGKILL');
    await expect(contract.submitTransaction('put', 'unordered', '1')).rejects.toMatchObject({ code: 14 });
    await network.orderer.start();
    await contract.submitTransaction('put', 'ordered', '1');
    await untilSameHeight(network.members);
});

test('a terminated peer ends by itself and opens its channels again', async () => {
    await member(2).peer.end('SIGTERM');
    await contract.submitTransaction('put', 'meanwhile', '1');
    await member(2).peer.start();
    await untilSameHeight(network.members);
    expect(
        asBuffer(
            await member(2).propose(channelId, 'vector', [Buffer.from('get'), Buffer.from('meanwhile')]),
        ).toString(),
    ).toBe('1');
});
