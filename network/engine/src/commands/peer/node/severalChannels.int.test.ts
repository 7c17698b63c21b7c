// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { buildGenesisBlock } from '../../../channel/testing/buildGenesisBlock.js';
import { encode } from '../../../wire/decode.js';
import { common } from '../../../wire/protobuf.js';
import { connectGateway, deployChaincode, type GatewayClient } from './testing/gatewayClient.js';
import type { MemberNode } from './testing/memberNode.js';
import { channelId as first, startTestNetwork, type TestNetwork } from './testing/testNetwork.js';

const second = 'secondchannel';
let network: TestNetwork;
let client: GatewayClient;

beforeAll(async () => {
    network = await startTestNetwork({ mspIds: ['AuthorityMSP'] });
    const configPath = join(network.directory, 'config');
    const genesis = encode(common.Block, buildGenesisBlock({ configPath, profile: 'Test', channelId: second }));
    await network.participation('POST', '/participation/v1/channels', genesis);
    await member().join(genesis);
    await deployChaincode(network.members, 'vector', "OutOf(1,'AuthorityMSP.peer')");
    await deployChaincode(network.members, 'vector', "OutOf(1,'AuthorityMSP.peer')", [], second);
    client = connectGateway(member());
});
afterAll(async () => {
    client.close();
    await network.close();
});

function member(): MemberNode {
    const [only] = network.members;
    if (only === undefined) throw new Error('no member');
    return only;
}

const height = async (channelId: string): Promise<number> => {
    const args = [Buffer.from('GetChainInfo'), Buffer.from(channelId)];
    return common.BlockchainInfo.decode(await member().propose(channelId, 'qscc', args)).height;
};

test('the same chaincode keeps a state of its own on each channel of a peer', async () => {
    const contracts = [first, second].map((id) => client.gateway.getNetwork(id).getContract('vector'));
    await Promise.all(contracts.map((contract, index) => contract.submitTransaction('put', 'key', String(index))));
    const values = await Promise.all(contracts.map((contract) => contract.evaluateTransaction('get', 'key')));
    expect(values.map((value) => Buffer.from(value).toString())).toEqual(['0', '1']);
});

test('a transaction is known on its channel only, and only that channel grows', async () => {
    const before = [await height(first), await height(second)];
    const transaction = await client.gateway
        .getNetwork(first)
        .getContract('vector')
        .submitAsync('put', {
            arguments: ['other', '1'],
        });
    expect((await transaction.getStatus()).code).toBe(0);
    const args = (channelId: string): Buffer[] =>
        ['GetTransactionByID', channelId, transaction.getTransactionId()].map((text) => Buffer.from(text));
    await expect(member().propose(first, 'qscc', args(first))).resolves.toBeDefined();
    await expect(member().propose(second, 'qscc', args(second))).rejects.toThrow(/no such transaction/);
    expect([await height(first), await height(second)]).toEqual([(before[0] ?? 0) + 1, before[1]]);
});

test('both channels are there again after the peer was killed', async () => {
    await member().peer.end('SIGKILL');
    await member().peer.start();
    const get = [Buffer.from('get'), Buffer.from('key')];
    expect((await member().propose(second, 'vector', get)).toString()).toBe('1');
    expect((await member().propose(first, 'vector', get)).toString()).toBe('0');
});
