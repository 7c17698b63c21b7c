// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelLedger } from '../../../ledger/channelLedger.js';
import { BlockStore } from '../../../ledger/blocks/blockStore.js';
import { faultPoints, type FaultPoint } from '../../../process/faults/faultPoints.js';
import { decode, encode } from '../../../wire/decode.js';
import { common, lifecycle } from '../../../wire/protobuf.js';
import { connectGateway, deployChaincode, type GatewayClient } from './testing/gatewayClient.js';
import { killedAt, killsPerPoint, startUntilReadyOrKilled, untilKilled } from './testing/killing.js';
import { eventually, heightOf } from './testing/heights.js';
import type { MemberNode } from './testing/memberNode.js';
import { SteadyLoad } from './testing/steadyLoad.js';
import { channelId, startTestNetwork, type TestNetwork } from './testing/testNetwork.js';

jest.setTimeout(60_000 + killsPerPoint * 120_000);

const [undisturbedId, victimId] = ['AuthorityMSP', 'CentralBankMSP'] as const;
const channelsPath = '/participation/v1/channels';
let network: TestNetwork;
let undisturbed: MemberNode;
let victim: MemberNode;
let client: GatewayClient;
let load: SteadyLoad;
/** Points at which a process was killed, each as often as it was. */
const killed = new Map<string, number>();

beforeAll(async () => {
    network = await startTestNetwork({ mspIds: [undisturbedId, victimId], batchTimeout: '20ms' });
    [undisturbed, victim] = network.members as [MemberNode, MemberNode];
    await deployChaincode(network.members, 'vector', `OR('${undisturbedId}.peer','${victimId}.peer')`);
    client = connectGateway(undisturbed);
    load = new SteadyLoad(client.gateway.getNetwork(channelId).getContract('vector'), undisturbedId);
    load.start();
});

afterAll(async () => {
    await load.stop();
    client.close();
    await network.close();
});

/** Starts the victim and connects to it, so that what follows reaches it. */
async function startVictim(env: NodeJS.ProcessEnv = {}): Promise<void> {
    await victim.peer.start(env);
    await victim.connection.waitForReady(10_000);
}

/** Kills a process at each point as often as asked for; `provoke` makes it reach the point. */
async function killAt(
    points: readonly FaultPoint[],
    kill: (point: FaultPoint, round: number) => Promise<void>,
): Promise<void> {
    for (let round = 0; round < killsPerPoint; round++) {
        for (const point of points) {
            await kill(point, round);
            killed.set(point, (killed.get(point) ?? 0) + 1);
        }
    }
}

const commitPoints: readonly FaultPoint[] = [
    'blocks.prefixWritten',
    'blocks.blockWritten',
    'blocks.indexed',
    'ledger.stateWritten',
    'ledger.transientPurged',
];

test('a peer killed while it commits has every block that it told of, and catches up', async () => {
    await victim.peer.end();
    let told = 0;
    await killAt(commitPoints, async (point, round) => {
        await startUntilReadyOrKilled(victim.peer, killedAt(point, 1 + (round % 3)));
        await untilKilled(victim.peer);
        await startVictim();
        expect(await heightOf(victim)).toBeGreaterThanOrEqual(told);
        const reached = await heightOf(undisturbed);
        await eventually(async () => {
            told = await heightOf(victim);
            return told >= reached;
        });
        await victim.peer.end();
    });
    await startVictim();
});

test('a peer killed with private data under way keeps what was committed of it', async () => {
    let round = 0;
    const secret = async (): Promise<string> => {
        const args = ['pGet', `_implicit_org_${victimId}`, 'secret'].map((arg) => Buffer.from(arg));
        return (await victim.propose(channelId, 'vector', args)).toString();
    };
    await killAt(['ledger.transientWritten', 'ledger.privateDataWritten'], async (point) => {
        await victim.peer.end();
        await startVictim(killedAt(point, 1));
        const value = `secret-${String(round++)}`;
        const { gateway, close } = connectGateway(victim);
        const contract = gateway.getNetwork(channelId).getContract('vector');
        const put = { arguments: [`_implicit_org_${victimId}`, 'secret', value], endorsingOrganizations: [victimId] };
        await expect(contract.submit('pPutArg', put)).rejects.toThrow();
        await untilKilled(victim.peer);
        await startVictim();
        // Killed at endorsement, nothing was ordered; killed at commit, the transaction stands.
        if (point === 'ledger.transientWritten') await contract.submit('pPutArg', put);
        await eventually(async () => (await secret()) === value);
        close();
    });
});

test('a peer killed while it joins a channel has joined or can join', async () => {
    const points: readonly FaultPoint[] = ['blocks.fileOpened', ...commitPoints, 'peer.channelJoined'];
    await killAt(points, async (point) => {
        await victim.peer.end();
        rmSync(join(network.directory, victimId, 'peer-data', 'ledgersData'), { recursive: true });
        await startVictim(killedAt(point, 1));
        await expect(victim.join(network.genesis)).rejects.toThrow();
        await untilKilled(victim.peer);
        await startVictim();
        await victim.join(network.genesis).catch((error: unknown) => {
            expect(String(error)).toContain('already exists');
        });
        await eventually(async () => (await heightOf(victim)) >= 2);
    });
    const reached = await heightOf(undisturbed);
    // Thousands of blocks when every point was reached many times: what counts is that it goes on.
    for (let height = 0; height < reached;) {
        const before = height;
        await eventually(async () => {
            height = await heightOf(victim);
            return height > before;
        });
    }
});

test('a peer killed while it installs a package has it or can install it', async () => {
    await killAt(['package.temporaryWritten', 'package.stored', 'package.built'], async (point) => {
        await victim.peer.end();
        const data = join(network.directory, victimId, 'peer-data');
        for (const folder of ['lifecycle', 'externalbuilder']) rmSync(join(data, folder), { recursive: true });
        await startVictim(killedAt(point, 1));
        await expect(victim.install()).rejects.toThrow();
        await untilKilled(victim.peer);
        await startVictim();
        await victim.install().catch((error: unknown) => {
            expect(String(error)).toContain('already successfully installed');
        });
        const query = encode(lifecycle.QueryInstalledChaincodesArgs, {});
        const found = await victim.propose('', '_lifecycle', [Buffer.from('QueryInstalledChaincodes'), query]);
        const { installedChaincodes } = decode(lifecycle.QueryInstalledChaincodesResult, found, 'installed');
        expect(installedChaincodes.map(({ packageId }) => packageId)).toEqual([victim.packageId]);
    });
});

test('an orderer killed while it writes a block goes on with a chain that the peers can follow', async () => {
    await killAt(['blocks.prefixWritten', 'blocks.blockWritten', 'blocks.indexed'], async (point, round) => {
        await network.orderer.end();
        await startUntilReadyOrKilled(network.orderer, killedAt(point, 1 + (round % 3)));
        await untilKilled(network.orderer);
        await network.orderer.start();
        const before = load.acknowledged;
        await eventually(() => Promise.resolve(load.acknowledged > before + 1));
    });
    expect(killed.get('blocks.blockWritten')).toBeGreaterThanOrEqual(2 * killsPerPoint);
});

test('an orderer killed while it joins or leaves a channel has done so or has not', async () => {
    const path = `${channelsPath}/${channelId}`;
    const isMember = async (): Promise<boolean> => (await network.participation('GET', path)).status === 200;
    await load.stop();
    const chain = join(network.directory, 'orderer-ledger');
    const { blocks, answered } = await storedBlocks(join(chain, 'chains', channelId));
    expect(blocks).toBe(answered);
    const joining: readonly FaultPoint[] = [
        'blocks.fileOpened',
        'blocks.prefixWritten',
        'blocks.blockWritten',
        'blocks.indexed',
        'orderer.channelJoined',
    ];
    await killAt(joining, async (point) => {
        await network.orderer.end();
        rmSync(chain, { recursive: true });
        await network.orderer.start(killedAt(point, 1));
        await expect(network.participation('POST', channelsPath, network.genesis)).rejects.toThrow();
        await untilKilled(network.orderer);
        await network.orderer.start();
        const { status } = await network.participation('POST', channelsPath, network.genesis);
        expect([201, 405]).toContain(status);
        expect(await isMember()).toBe(true);
    });
    await killAt(['orderer.channelMoved', 'orderer.channelErased'], async (point) => {
        await network.orderer.end();
        await network.orderer.start(killedAt(point, 1));
        await expect(network.participation('DELETE', path)).rejects.toThrow();
        await untilKilled(network.orderer);
        await network.orderer.start();
        expect(await isMember()).toBe(false);
        expect((await network.participation('POST', channelsPath, network.genesis)).status).toBe(201);
    });
});

/** Compares, byte for byte, what the orderer and both peers stored; none of them runs afterwards. */
async function storedBlocks(ordererChain: string): Promise<{ blocks: number; answered: number }> {
    await eventually(async () => (await heightOf(victim)) === (await heightOf(undisturbed)));
    const answered = await heightOf(undisturbed);
    await Promise.all([victim.peer.end(), undisturbed.peer.end(), network.orderer.end()]);
    const [first, second] = await Promise.all(
        [undisturbedId, victimId].map((mspId) =>
            ChannelLedger.open({
                dir: join(network.directory, mspId, 'peer-data/ledgersData/chains', channelId),
                channelId,
                mspId,
            }),
        ),
    );
    const ordered = await BlockStore.open(ordererChain, { indexTransactions: false });
    for (let number = 0; number < answered; number++) {
        const bytes = first!.blockBytes(number);
        // Codes and commit hash are in the metadata of a peer's block.
        expect(second!.blockBytes(number).equals(bytes)).toBe(true);
        const own = decode(common.Block, bytes, 'Block');
        expect({ number, header: ordered.block(number).header }).toEqual({ number, header: own.header });
    }
    for (const ledger of [first!, second!]) {
        const reader = ledger.newReader();
        expect(reader.get('vector', 'appended')?.value.toString()).toBe(load.expected);
        reader.release();
        await ledger.close();
    }
    await ordered.close();
    await network.orderer.start();
    return { blocks: ordered.height, answered };
}

test('every fault point of peer and orderer was reached', () => {
    const { blocks, ledger, peer, orderer } = faultPoints;
    expect([...killed.keys()].sort()).toEqual([...blocks, ...ledger, ...peer, ...orderer].sort());
});
