// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type GrpcServer, startGrpcServer } from '../../../process/grpcServer.js';
import { BlockMetadataIndex, TxValidationCode } from '../../../wire/codes.js';
import { decode, encode } from '../../../wire/decode.js';
import { common, protos } from '../../../wire/protobuf.js';
import { connectGateway, deployChaincode } from './testing/gatewayClient.js';
import type { MemberNode } from './testing/memberNode.js';
import { channelId, startTestNetwork, type TestNetwork } from './testing/testNetwork.js';

jest.setTimeout(60_000);

let network: TestNetwork;
let member: MemberNode;
let regulator: MemberNode;
let liar: GrpcServer;
/** Number of the block that the lying witness changes, once it is set. */
let liesAt = -1;

beforeAll(async () => {
    network = await startTestNetwork({ mspIds: ['AuthorityMSP', 'RegulatorMSP'] });
    [member, regulator] = network.members as [MemberNode, MemberNode];
    await deployChaincode(network.members, 'vector', "OR('AuthorityMSP.peer','RegulatorMSP.peer')");
    liar = await startLyingWitness();
});
afterAll(async () => {
    await liar.close();
    await network.close();
});

/** Passes on what the member's peer delivers, except for one validation code. */
function startLyingWitness(): Promise<GrpcServer> {
    const tls = member.authority.tlsFolder('liar');
    return startGrpcServer({
        address: 'localhost:0',
        tls: {
            certificate: readFileSync(join(tls, 'server.crt')),
            key: readFileSync(join(tls, 'server.key')),
            clientRoots: [],
            clientAuthRequired: false,
        },
        maxReceiveBytes: 1_000_000,
        maxSendBytes: 100_000_000,
        services: {
            '/protos.Deliver/Deliver': {
                kind: 'duplex',
                handle: async (stream, { signal }) => {
                    for await (const request of stream) {
                        const honest = member.connection.duplex('/protos.Deliver/Deliver', { signal });
                        await honest.send(request);
                        for await (const response of honest) await stream.send(changed(response));
                    }
                },
            },
        },
    });
}

function changed(bytes: Buffer): Buffer {
    const { block } = decode(protos.DeliverResponse, bytes, 'DeliverResponse');
    if (block?.header?.number !== liesAt) return bytes;
    const metadata = (block.metadata?.metadata ?? []).map((entry) => Buffer.from(entry));
    metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] = Buffer.of(TxValidationCode.PHANTOM_READ_CONFLICT);
    return encode(protos.DeliverResponse, { block: { ...block, metadata: { metadata } } });
}

async function followWitness(address: string): Promise<void> {
    await regulator.peer.end('SIGTERM');
    const file = join(regulator.authority.mspFolder('config'), 'core.yaml');
    const yaml = readFileSync(file, 'utf8').replace(
        /^ledger: \{(?:witnesses: \[.*?\], )?/m,
        `ledger: {witnesses: ['${address}'], `,
    );
    writeFileSync(file, yaml);
    await regulator.peer.start();
}

async function put(key: string): Promise<{ blockNumber: number; transactionId: string }> {
    const { gateway, close } = connectGateway(member);
    const contract = gateway.getNetwork(channelId).getContract('vector');
    const commit = await contract.submitAsync('put', { arguments: [key, '1'] });
    const { blockNumber, transactionId } = await commit.getStatus();
    close();
    return { blockNumber: Number(blockNumber), transactionId };
}

const heightOfRegulator = async (): Promise<number> => {
    const args = [Buffer.from('GetChainInfo'), Buffer.from(channelId)];
    return decode(common.BlockchainInfo, await regulator.propose(channelId, 'qscc', args), 'info').height;
};

test('a peer goes on beside a witness that agrees with it', async () => {
    await followWitness(`localhost:${String(member.port)}`);
    const { blockNumber } = await put('agreed');
    for (let round = 0; round < 100 && (await heightOfRegulator()) <= blockNumber; round++) await pause(50);
    // The witness has sent the block by now, and the comparison is immediate.
    await pause(500);
    expect(await heightOfRegulator()).toBeGreaterThan(blockNumber);
    expect(regulator.peer.output).not.toContain('CRITICAL');
});

test('a peer stops, and names block, transaction and key, when its witness has another code', async () => {
    await followWitness(liar.address);
    const ended = regulator.peer.ended();
    const { nextBlock } = { nextBlock: await heightOfRegulator() };
    liesAt = nextBlock;
    const { blockNumber, transactionId } = await put('disputed');
    expect(blockNumber).toBe(nextBlock);
    expect(await ended).toBe(1);
    expect(regulator.peer.output).toContain(
        `CRITICAL: the ledger of channel ${channelId} differs from a witness: block ${String(blockNumber)}: transaction 0 (${transactionId}), which writes key vector/"disputed", is VALID here and PHANTOM_READ_CONFLICT at ${liar.address}`,
    );
});

test('a peer that starts after the difference finds the first block that differs', async () => {
    const first = liesAt;
    await followWitness(`localhost:${String(member.port)}`);
    await put('later');
    for (let round = 0; round < 100 && (await heightOfRegulator()) <= first + 1; round++) await pause(50);
    liesAt = await heightOfRegulator().then((height) => height - 1);
    const ended = followWitness(liar.address).then(() => regulator.peer.ended());
    expect(await ended).toBe(1);
    expect(regulator.peer.output).toContain(`differs from a witness: block ${String(liesAt)}: transaction 0`);
});
