// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { once } from 'node:events';
import { GrpcChannel } from '../../../process/grpcClient.js';
import { GrpcCode, GrpcStatus } from '../../../process/grpcStatus.js';
import { loadLocalMsp } from '../../../identity/localMsp.js';
import { HeaderType } from '../../../wire/codes.js';
import { asBuffer, encode } from '../../../wire/decode.js';
import { newEnvelope, newSignedProposal, type Signer } from '../../../wire/envelope.js';
import { common, gateway, protos } from '../../../wire/protobuf.js';
import { seekInfo } from '../../../wire/seek.js';
import { mutated, seededBelow } from '../../../wire/testing/messageMutation.js';
import { connectGateway, deployChaincode } from './testing/gatewayClient.js';
import type { MemberNode } from './testing/memberNode.js';
import type { NodeProcess } from './testing/nodeProcess.js';
import { channelId, startTestNetwork, type TestNetwork } from './testing/testNetwork.js';

const messageCount = 2000;
const parallel = 16;
const residentBytesMax = 400 * 1024 * 1024;
const below = seededBelow(20_251_119);

let network: TestNetwork;
let member: MemberNode;
let user: Signer;
let toOrderer: GrpcChannel;

beforeAll(async () => {
    network = await startTestNetwork({ mspIds: ['AuthorityMSP', 'CentralBankMSP'] });
    await deployChaincode(network.members, 'vector', "AND('AuthorityMSP.peer','CentralBankMSP.peer')");
    const [first] = network.members;
    if (first === undefined) throw new Error('a network has members');
    member = first;
    user = loadLocalMsp(member.authority.mspFolder('user'), member.mspId).signer;
    toOrderer = new GrpcChannel({ address: ordererAddress(), tls: { roots: [readFileSync(ordererRoot())] } });
});

afterAll(async () => {
    toOrderer.close();
    await network.close();
});

const ordererAddress = (): string =>
    `localhost:${/requests on \S+?:(\d+)/.exec(network.orderer.output)?.[1] ?? 'missing'}`;
const ordererRoot = (): string => member.authority.tlsRootFile.replaceAll('AuthorityMSP', 'OrdererMSP');

/** A message that is right, with the damage done to what the user signs. */
type Forge = (damage: (bytes: Buffer) => Buffer) => Buffer;
type Deliver = (message: Buffer) => Promise<void>;

function signedProposal(damage: (bytes: Buffer) => Buffer): { txId: string; signed: protos.SignedProposal } {
    const args = [Buffer.from('put'), Buffer.from('k'), Buffer.from('v')];
    const { txId, signedProposal: right } = newSignedProposal(user, { channelId, chaincode: 'vector', args });
    const proposalBytes = damage(asBuffer(right.proposalBytes));
    return { txId, signed: new protos.SignedProposal({ proposalBytes, signature: user.sign(proposalBytes) }) };
}

function envelope(type: number, data: Buffer, damage: (bytes: Buffer) => Buffer): common.Envelope {
    const payload = damage(asBuffer(newEnvelope(user, { type, channelId, data }).payload));
    return new common.Envelope({ payload, signature: user.sign(payload) });
}

const seek = seekInfo({ start: 'oldest', stop: 0 });
const transaction: Forge = (damage) =>
    encode(common.Envelope, envelope(HeaderType.ENDORSER_TRANSACTION, Buffer.from('data'), damage));
const delivery: Forge = (damage) => encode(common.Envelope, envelope(HeaderType.DELIVER_SEEK_INFO, seek, damage));
const signedRequest: Forge = (damage) => {
    const right = encode(gateway.CommitStatusRequest, {
        transactionId: '00'.repeat(32),
        channelId: 'nowhere',
        identity: user.serialized,
    });
    const request = damage(right);
    return encode(gateway.SignedCommitStatusRequest, { request, signature: user.sign(request) });
};

/** Reads one answer, or none, and gives the call up. */
async function firstOf(stream: AsyncIterable<Buffer> & { cancel(): void }): Promise<void> {
    await stream[Symbol.asyncIterator]().next();
    stream.cancel();
}

const unary =
    (path: string): Deliver =>
    async (message) => {
        await member.connection.unary(path, message, { deadlineMs: 10_000 });
    };
const serverStream =
    (path: string): Deliver =>
    async (message) => {
        const stream = member.connection.serverStream(path, message, { deadlineMs: 10_000 });
        await firstOf(stream);
    };
const duplex =
    (channel: () => GrpcChannel, path: string): Deliver =>
    async (message) => {
        const stream = channel().duplex(path, { deadlineMs: 10_000 });
        await stream.send(message);
        stream.end();
        await firstOf(stream);
    };
const toPeer = (): GrpcChannel => member.connection;

const attacks: readonly (readonly [Forge, Deliver])[] = [
    [
        (damage) => encode(protos.SignedProposal, signedProposal(damage).signed),
        unary('/protos.Endorser/ProcessProposal'),
    ],
    [
        (damage) => {
            const { txId, signed } = signedProposal(damage);
            return encode(gateway.EvaluateRequest, {
                transactionId: txId,
                channelId,
                proposedTransaction: signed,
            });
        },
        unary('/gateway.Gateway/Evaluate'),
    ],
    [
        (damage) => {
            const { txId, signed } = signedProposal(damage);
            return encode(gateway.EndorseRequest, { transactionId: txId, channelId, proposedTransaction: signed });
        },
        unary('/gateway.Gateway/Endorse'),
    ],
    [
        (damage) =>
            encode(gateway.SubmitRequest, {
                transactionId: '00'.repeat(32),
                channelId,
                preparedTransaction: envelope(HeaderType.ENDORSER_TRANSACTION, Buffer.from('data'), damage),
            }),
        unary('/gateway.Gateway/Submit'),
    ],
    [signedRequest, unary('/gateway.Gateway/CommitStatus')],
    [signedRequest, serverStream('/gateway.Gateway/ChaincodeEvents')],
    [delivery, duplex(toPeer, '/protos.Deliver/Deliver')],
    [delivery, duplex(toPeer, '/protos.Deliver/DeliverFiltered')],
    [delivery, duplex(toPeer, '/protos.Deliver/DeliverWithPrivateData')],
    [transaction, duplex(() => toOrderer, '/orderer.AtomicBroadcast/Broadcast')],
    [delivery, duplex(() => toOrderer, '/orderer.AtomicBroadcast/Deliver')],
];

/** One message, damaged inside or outside the signature. Gives the status the call ended with. */
async function attackOnce(): Promise<number> {
    const [forge, deliver] = attacks[below(attacks.length)] ?? attacks[0]!;
    const damage = (bytes: Buffer): Buffer => mutated(bytes, below);
    const message = below(2) === 0 ? forge(damage) : damage(forge((bytes) => bytes));
    try {
        await deliver(message);
        return GrpcCode.OK;
    } catch (error) {
        if (error instanceof GrpcStatus) return error.code;
        throw error;
    }
}

function residentBytes({ pid }: NodeProcess): number {
    const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
    return Number(kibibytes) * 1024;
}

/** What the chaincode answers to a transaction that is committed as valid. */
async function committedAnswer(): Promise<string> {
    const client = connectGateway(member);
    const contract = client.gateway.getNetwork(channelId).getContract('vector');
    const answer = await contract.submitTransaction('put', 'after', 'all');
    client.close();
    return Buffer.from(answer).toString();
}

/** Errors that no code of ours has given a name to are logged with their stack. */
const unforeseen = ({ output }: NodeProcess): readonly string[] => output.match(/^.* failed: .*\n\s+at .*$/gm) ?? [];

test('thousands of damaged messages are each answered, and change nothing', async () => {
    const nodes = [network.orderer, member.peer];
    const pids = nodes.map(({ pid }) => pid);
    const statuses = new Map<number, number>();
    const worker = async (): Promise<void> => {
        for (let sent = 0; sent < messageCount / parallel; sent++) {
            const status = await attackOnce();
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
    };
    await Promise.all(Array.from({ length: parallel }, worker));
    expect(statuses.get(GrpcCode.DEADLINE_EXCEEDED)).toBeUndefined();
    expect(nodes.flatMap(unforeseen)).toEqual([]);
    expect(await committedAnswer()).toBe('put');
    expect(nodes.map(({ pid }) => pid)).toEqual(pids);
    for (const node of nodes) expect(residentBytes(node)).toBeLessThan(residentBytesMax);
});

test('200 silent connections and junk at the door do not keep a transaction out', async () => {
    const sockets: Socket[] = [];
    for (let count = 0; count < 200; count++) {
        const socket = connectTcp({ host: 'localhost', port: count % 2 === 0 ? member.port : ordererPort() });
        socket.on('error', () => undefined);
        sockets.push(socket);
        await once(socket, 'connect');
        if (count % 4 === 0) socket.write('GET / HTTP/1.1\r\n\r\n');
        if (count % 4 === 1) socket.write(Buffer.from(Array.from({ length: 300 }, () => below(256))));
    }
    expect(await committedAnswer()).toBe('put');
    for (const socket of sockets) socket.destroy();
});

const ordererPort = (): number => Number(ordererAddress().split(':')[1]);

test('a message beyond the limit is refused by its size', async () => {
    const tooLarge = Buffer.alloc(101 * 1024 * 1024);
    const generous = new GrpcChannel({
        address: member.connection.address,
        tls: { roots: [readFileSync(member.authority.tlsRootFile)] },
        maxMessageBytes: 2 * tooLarge.length,
    });
    const call = generous.unary('/protos.Endorser/ProcessProposal', tooLarge);
    await expect(call).rejects.toMatchObject({ code: GrpcCode.RESOURCE_EXHAUSTED });
    generous.close();
    expect(await committedAnswer()).toBe('put');
});
