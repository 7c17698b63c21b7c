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

let network: TestNetwork;
let member: MemberNode;
let regulator: MemberNode;
let liar: GrpcServer;
/** Number of the block from which the lying witness has another state. */
let liesFrom = Infinity;

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

/** Passes on what the member's peer delivers, except for one validation code and, from there on, the commit hashes. */
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
    const number = block?.header?.number ?? 0;
    if (block === undefined || block === null || number < liesFrom) return bytes;
    const metadata = (block.metadata?.metadata ?? []).map((entry) => Buffer.from(entry));
    // The commit hash covers that of the block before: it never agrees again.
    metadata[BlockMetadataIndex.COMMIT_HASH]?.reverse();
    if (number === liesFrom) {
        metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] = Buffer.of(TxValidationCode.PHANTOM_READ_CONFLICT);
    }
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
    liesFrom = await heightOfRegulator();
    const { blockNumber, transactionId } = await put('disputed');
    expect(blockNumber).toBe(liesFrom);
    expect(await ended).toBe(1);
    expect(regulator.peer.output).toContain(
        `CRITICAL: the ledger of channel ${channelId} differs from a witness: block ${String(blockNumber)}: transaction 0 (${transactionId}), which writes key vector/"disputed", is VALID here and PHANTOM_READ_CONFLICT at ${liar.address}`,
    );
});

test('a peer that starts long after the difference finds the first block that differs, not the newest', async () => {
    liesFrom = Infinity;
    await followWitness(`localhost:${String(member.port)}`);
    const { blockNumber: first, transactionId } = await put('first');
    await put('second');
    const { blockNumber: newest } = await put('third');
    for (let round = 0; round < 100 && (await heightOfRegulator()) <= newest; round++) await pause(50);
    expect(newest).toBeGreaterThan(first);
    liesFrom = first;
    expect(await followWitness(liar.address).then(() => regulator.peer.ended())).toBe(1);
    expect(regulator.peer.output).toContain(
        `differs from a witness: block ${String(first)}: transaction 0 (${transactionId}), which writes key vector/"first", is VALID here`,
    );
});
