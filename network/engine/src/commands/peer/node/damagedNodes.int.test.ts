// SPDX-License-Identifier: Apache-2.0
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../../wire/decode.js';
import { common } from '../../../wire/protobuf.js';
import { connectGateway, deployChaincode } from './testing/gatewayClient.js';
import type { MemberNode } from './testing/memberNode.js';
import type { NodeProcess } from './testing/nodeProcess.js';
import { channelId, startTestNetwork, type TestNetwork } from './testing/testNetwork.js';

jest.setTimeout(90_000);

const token = 'a token for tests only';
let network: TestNetwork;
let member: MemberNode;

beforeAll(async () => {
    network = await startTestNetwork({ mspIds: ['AuthorityMSP'], batchTimeout: '20ms' });
    [member] = network.members as [MemberNode];
    await deployChaincode(network.members, 'vector', "OR('AuthorityMSP.peer')");
});

afterAll(() => network.close());

const peerChain = (): string => join(network.directory, 'AuthorityMSP/peer-data/ledgersData/chains', channelId);
const ordererChain = (): string => join(network.directory, 'orderer-ledger/chains', channelId);

async function height(): Promise<number> {
    await member.connection.waitForReady(10_000);
    const bytes = await member.propose(channelId, 'qscc', [Buffer.from('GetChainInfo'), Buffer.from(channelId)]);
    return decode(common.BlockchainInfo, bytes, 'BlockchainInfo').height;
}

async function put(key: string): Promise<void> {
    const { gateway, close } = connectGateway(member);
    try {
        await gateway.getNetwork(channelId).getContract('vector').submitTransaction('put', key, key);
    } finally {
        close();
    }
}

/** What the process writes when it does not come up. */
async function refusal(node: NodeProcess, env: NodeJS.ProcessEnv = {}): Promise<string> {
    await expect(node.start(env)).rejects.toThrow();
    return node.output;
}

/** Runs `work` while a file's content is another. */
async function withContent(file: string, content: Buffer, work: () => Promise<void>): Promise<void> {
    const before = readFileSync(file);
    writeFileSync(file, content);
    try {
        await work();
    } finally {
        writeFileSync(file, before);
    }
}

function withFlippedBit(file: string, offset: number): Buffer {
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(offset) ^ 1, offset);
    return bytes;
}

test('neither peer nor orderer starts with a flipped bit in its last block, and both say what to do', async () => {
    for (const [node, file] of [
        [member.peer, join(peerChain(), 'blocks/blocks_000000')],
        [network.orderer, join(ordererChain(), 'blocks_000000')],
    ] as const) {
        await node.end();
        await withContent(file, withFlippedBit(file, readFileSync(file).length - 20), async () => {
            expect(await refusal(node)).toMatch(/blocks_000000 is damaged: .*Restore the file from a backup/s);
        });
        await node.start();
    }
    await put('after a flipped bit');
});

test('both rebuild a block index that is missing', async () => {
    const before = await height();
    await Promise.all([member.peer.end(), network.orderer.end()]);
    rmSync(join(peerChain(), 'blocks/index'), { recursive: true });
    rmSync(join(ordererChain(), 'index'), { recursive: true });
    await Promise.all([member.peer.start(), network.orderer.start()]);
    expect(await height()).toBe(before);
    await put('after a missing index');
});

test('a peer with a full disk stops and says so, and goes on when there is room', async () => {
    await member.peer.end();
    const full = { POWER_FAULTS_TOKEN: token, POWER_FAULTS_AT: 'blocks.prefixWritten=full:1' };
    await member.peer.start(full);
    await member.connection.waitForReady(10_000);
    await expect(put('full')).rejects.toThrow();
    await member.peer.gone;
    expect(member.peer.output).toContain('The disk is full: make room, then start the node again.');
    await member.peer.start();
    await member.connection.waitForReady(10_000);
    await put('after a full disk');
});

test('an orderer with a full disk takes no more messages and says so, and goes on when there is room', async () => {
    await network.orderer.end();
    const full = { POWER_FAULTS_TOKEN: token, POWER_FAULTS_AT: 'blocks.prefixWritten=full:1' };
    const logged = { FABRIC_LOGGING_SPEC: 'error:orderer.common.server=info' };
    await network.orderer.start({ ...full, ...logged });
    const { gateway, close } = connectGateway(member);
    const contract = gateway.getNetwork(channelId).getContract('vector');
    const lost = await contract.submitAsync('put', { arguments: ['lost', '1'] });
    await expect(lost.getStatus({ deadline: Date.now() + 1_500 })).rejects.toThrow();
    await expect(contract.submitAsync('put', { arguments: ['refused', '1'] })).rejects.toThrow();
    expect(network.orderer.output).toContain('The disk is full: make room, then start the node again.');
    close();
    await network.orderer.end();
    await network.orderer.start();
    await put('after a full orderer');
});

test('neither starts where it may not write, and both name the place', async () => {
    for (const [node, folder] of [
        [member.peer, join(network.directory, 'AuthorityMSP/peer-data')],
        [network.orderer, join(network.directory, 'orderer-ledger')],
    ] as const) {
        await node.end();
        // A file where the folder should be refuses writes to every user, root included.
        renameSync(folder, `${folder}-aside`);
        writeFileSync(folder, '');
        expect(await refusal(node)).toContain(folder);
        rmSync(folder);
        renameSync(`${folder}-aside`, folder);
        await node.start();
    }
    await put('after a folder that was none');
});

test('a peer whose clock is wrong refuses proposals by name of the reason, and takes them when it is right', async () => {
    await member.peer.end();
    await member.peer.start({ POWER_FAULTS_TOKEN: token, ...operationsAt });
    await member.connection.waitForReady(10_000);
    const skew = (method: string, body?: string): Promise<Response> =>
        fetch(`http://localhost:${operationsPort}/faults/skew-clock`, {
            method,
            headers: { Authorization: `Bearer ${token}` },
            ...(body !== undefined && { body }),
        });
    for (const [shift, reason] of [
        ['-20m', /timestamp|time window/i],
        ['20m', /timestamp|time window/i],
        ['-9000h', /not.*valid|expired|time/i],
    ] as const) {
        expect((await skew('PUT', shift)).status).toBe(200);
        await expect(height()).rejects.toThrow(reason);
    }
    expect((await skew('DELETE')).status).toBe(200);
    expect(await height()).toBeGreaterThan(1);
});

const operationsPort = String(32_100 + (process.pid % 600));
const operationsAt = { CORE_OPERATIONS_LISTENADDRESS: `localhost:${operationsPort}` };

test('nodes that listen beyond loopback do not start with fault switches', async () => {
    await Promise.all([member.peer.end(), network.orderer.end()]);
    expect(
        await refusal(member.peer, { POWER_FAULTS_TOKEN: token, CORE_OPERATIONS_LISTENADDRESS: '0.0.0.0:0' }),
    ).toContain('this node listens on 0.0.0.0:0, which is not loopback');
    expect(
        await refusal(network.orderer, { POWER_FAULTS_TOKEN: token, ORDERER_ADMIN_LISTENADDRESS: '0.0.0.0:0' }),
    ).toContain('this node listens on 0.0.0.0:0, which is not loopback');
});

test('a peer refuses the blocks of an orderer whose channel began with another genesis block', async () => {
    await network.orderer.start();
    await member.peer.start({ FABRIC_LOGGING_SPEC: 'warning:nodeCmd=info' });
    const path = `/participation/v1/channels/${channelId}`;
    expect((await network.participation('DELETE', path)).status).toBe(204);
    // The same configuration made at another time is another chain.
    const joined = await network.participation('POST', '/participation/v1/channels', network.otherGenesis());
    expect(joined.status).toBe(201);
    const before = await height();
    const { gateway, close } = connectGateway(member);
    const contract = gateway.getNetwork(channelId).getContract('vector');
    const deadline = Date.now() + 30_000;
    while (!/Failed pulling blocks: .*hash/i.test(member.peer.output) && Date.now() < deadline) {
        await contract.submitAsync('put', { arguments: [`other-${String(Date.now())}`, '1'] });
        await new Promise((wake) => setTimeout(wake, 60));
    }
    close();
    expect(member.peer.output).toMatch(/Failed pulling blocks: .*hash/i);
    expect(await height()).toBe(before);
});
