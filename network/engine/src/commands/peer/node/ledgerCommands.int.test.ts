// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Contract } from '@hyperledger/fabric-gateway';
import { parsePolicyText } from '../../../policy/policyText.js';
import { connectGateway, deployChaincode, type GatewayClient } from './testing/gatewayClient.js';
import type { MemberNode } from './testing/memberNode.js';
import { runCommand } from './testing/nodeProcess.js';
import { channelId, startTestNetwork, type TestNetwork } from './testing/testNetwork.js';

const memberOrgsPolicy = { signaturePolicy: parsePolicyText("OR('AuthorityMSP.member')") };
let network: TestNetwork;
let member: MemberNode;
let client: GatewayClient;
let contract: Contract;

beforeAll(async () => {
    network = await startTestNetwork({ mspIds: ['AuthorityMSP'], batchTimeout: '20ms' });
    [member] = network.members as [MemberNode];
    await deployChaincode(network.members, 'vector', "OR('AuthorityMSP.peer')", [{ name: 'kept', memberOrgsPolicy }]);
    client = connectGateway(member);
    contract = client.gateway.getNetwork(channelId).getContract('vector');
    for (const key of ['a', 'b', 'c']) {
        await contract.submitTransaction('put', key, key);
        await contract.submit('pPut', { arguments: ['kept', key], transientData: { value: `secret ${key}` } });
    }
});

afterAll(async () => {
    client.close();
    await network.close();
});

const lastBlock = join('ledgersData/chains', channelId, 'blocks/blocks_000000');

/** Runs `peer node …` with the configuration of the member's peer. */
function node(...words: string[]): { code: number | null; output: string } {
    const args = [join(network.directory, 'peer.cjs'), 'node', ...words];
    return runCommand(args, { FABRIC_CFG_PATH: join(network.directory, 'AuthorityMSP/config') });
}

const ask = async (chaincode: string, ...args: string[]): Promise<Buffer> =>
    member.propose(
        channelId,
        chaincode,
        args.map((arg) => Buffer.from(arg)),
    );

/** Height and block hashes, the last block with codes and commit hash, and what chaincode reads. */
async function whatClientsSee(): Promise<readonly string[]> {
    await member.connection.waitForReady(10_000);
    const answers = [
        await ask('qscc', 'GetChainInfo', channelId),
        await ask('qscc', 'GetBlockByNumber', channelId, '18446744073709551615'),
        await ask('vector', 'get', 'c'),
        await ask('vector', 'pGet', 'kept', 'a'),
        await ask('vector', 'pGet', 'kept', 'c'),
    ];
    return answers.map((bytes) => bytes.toString('hex'));
}

test('a running peer keeps its ledgers to itself', () => {
    for (const words of [
        ['rebuild-dbs'],
        ['reset'],
        ['rollback', '-c', channelId, '-b', '1'],
        ['unjoin', '-c', channelId],
    ]) {
        const { code, output } = node(...words);
        expect(code).toBe(1);
        expect(output).toMatch(
            /^Error: as another peer node command is executing, .*: lock is already acquired on file /m,
        );
    }
});

test('after rebuild-dbs a peer has the same state, private data and commit hash from its own blocks', async () => {
    const before = await whatClientsSee();
    await member.peer.end('SIGTERM');
    expect(node('rebuild-dbs').code).toBe(0);
    await network.orderer.end();
    await member.peer.start();
    expect(await whatClientsSee()).toEqual(before);
    await network.orderer.start();
});

test('after a reset a damaged peer endorses nothing until it has every block again, and then is as it was', async () => {
    const before = await whatClientsSee();
    await member.peer.end('SIGTERM');
    const file = join(network.directory, 'AuthorityMSP/peer-data', lastBlock);
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20);
    writeFileSync(file, bytes);
    await expect(member.peer.start()).rejects.toThrow("run 'peer node reset'");
    const { code, output } = node('reset');
    expect([code, output]).toEqual([0, expect.stringContaining('successfully reset to the genesis block')]);
    await network.orderer.end();
    await member.peer.start();
    await expect(whatClientsSee()).rejects.toThrow('endorse requests are blocked while ledgers are being rebuilt');
    await network.orderer.start();
    await caughtUp();
    expect(await whatClientsSee()).toEqual(before);
    await contract.submitTransaction('put', 'd', 'after a reset');
});

test('after a rollback a peer gets the removed blocks again', async () => {
    const before = await whatClientsSee();
    await member.peer.end('SIGTERM');
    expect(node('rollback', '-c', channelId, '-b', '4').output).toContain('rolled back to the block number [4]');
    await member.peer.start();
    await caughtUp();
    expect(await whatClientsSee()).toEqual(before);
});

test('a paused channel is not there until it is resumed', async () => {
    const before = await whatClientsSee();
    await member.peer.end('SIGTERM');
    expect(node('pause', '-c', channelId).code).toBe(0);
    await member.peer.start();
    await expect(whatClientsSee()).rejects.toThrow(`channel '${channelId}' not found`);
    await member.peer.end('SIGTERM');
    expect(node('resume', '-c', channelId).code).toBe(0);
    await member.peer.start();
    expect(await whatClientsSee()).toEqual(before);
});

test('a peer that left a channel can join it again', async () => {
    const [chain] = await whatClientsSee();
    await member.peer.end('SIGTERM');
    expect(node('unjoin', '-c', channelId).code).toBe(0);
    await member.peer.start();
    await member.connection.waitForReady(10_000);
    await member.join(network.genesis);
    await expectSoon(async () => (await ask('qscc', 'GetChainInfo', channelId)).toString('hex') === chain);
});

const caughtUp = (): Promise<void> =>
    expectSoon(() =>
        ask('qscc', 'GetChainInfo', channelId).then(
            () => true,
            () => false,
        ),
    );

async function expectSoon(isSo: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!(await isSo())) {
        if (Date.now() > deadline) throw new Error('waited for 20 s');
        await pause(50);
    }
}
