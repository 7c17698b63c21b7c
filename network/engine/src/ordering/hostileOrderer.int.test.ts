// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { BlockPuller } from '../delivery/blockPuller.js';
import { HeaderType } from '../wire/codes.js';
import { asBuffer, encode } from '../wire/decode.js';
import { newEnvelope, type Signer } from '../wire/envelope.js';
import { blockHeaderHash } from '../wire/hashing.js';
import { common, orderer } from '../wire/protobuf.js';
import { BlockValidator } from '../ledger/validation/blockValidator.js';
import { verifyBlock } from '../ledger/validation/blockVerifier.js';
import '../ledger/testing/quietLog.js';
import { definitionOf } from '../lifecycle/chaincodeDefinitions.js';
import { channelId, testChannel, type TestChannel } from '../lifecycle/testing/testChannel.js';
import { startGrpcServer, type GrpcServer } from '../process/grpcServer.js';
import { signedBlock } from './blockWriter.js';

type Block = common.Block.$Properties;
const chainLength = 4;
const endless = 1_000_000;

let channel: TestChannel;
let genuine: Signer;
let client: Signer;
let honest: readonly Block[];

beforeAll(() => {
    channel = testChannel();
    genuine = channel.member('OrdererMSP', 'peer').signer;
    client = channel.member('AlphaMSP', 'client').signer;
    honest = chainAfter(channel.genesis, 'honest', genuine);
});
afterAll(() => {
    channel.remove();
});

const message = (text: string): Buffer => {
    const content = { type: HeaderType.MESSAGE, channelId, data: Buffer.from(text) };
    return encode(common.Envelope, newEnvelope(client, content));
};

function chainAfter(first: Block, text: string, signer: Signer): Block[] {
    const blocks: Block[] = [first];
    while (blocks.length < chainLength) {
        const nextNumber = blocks.length;
        const previousHash = blockHeaderHash(blocks.at(-1)?.header ?? {});
        blocks.push(signedBlock([message(text)], { nextNumber, previousHash, lastConfig: 0 }, signer));
    }
    return blocks;
}

/** An orderer that answers every seek with what `blocks` gives for the number asked for, until the reader goes away. */
function standIn(blocks: (number: number) => Iterable<Block>): Promise<GrpcServer> {
    return startGrpcServer({
        address: 'localhost:0',
        maxReceiveBytes: 1_000_000,
        maxSendBytes: 10_000_000,
        services: {
            '/orderer.AtomicBroadcast/Deliver': {
                kind: 'duplex',
                handle: async (stream, { signal }) => {
                    for await (const bytes of stream) {
                        for (const block of blocks(startOf(bytes))) {
                            if (signal.aborted) return;
                            await stream.send(encode(orderer.DeliverResponse, { block }));
                        }
                    }
                },
            },
        },
    });
}

function startOf(envelope: Buffer): number {
    const { payload } = common.Envelope.decode(envelope);
    const { start } = orderer.SeekInfo.decode(common.Payload.decode(payload).data);
    return start?.specified?.number ?? 0;
}

const block = (number: number): Block => honest[number] ?? {};
const withHeader = (from: Block, header: common.BlockHeader.$Properties): Block => ({
    ...from,
    header: { ...from.header, ...header },
});
function* repeated(one: Block): Generator<Block> {
    for (let count = 0; count < endless; count++) yield one;
}

const attacks: readonly (readonly [string, (number: number) => Iterable<Block>])[] = [
    [
        'blocks that a stranger signed',
        (number) => chainAfter(channel.genesis, 'x', channel.member('AlphaMSP', 'peer').signer).slice(number),
    ],
    [
        'blocks of a chain that forked before, signed with the genuine key',
        (number) =>
            chainAfter(withHeader(channel.genesis, { dataHash: Buffer.alloc(32) }), 'fork', genuine).slice(number),
    ],
    ['blocks in another order', (number) => honest.slice(number).toReversed()],
    ['blocks of which one is left out', (number) => honest.slice(number + 1)],
    ['a block that was sent before', (number) => [block(number - 1)]],
    ['a wrong data hash', (number) => [withHeader(block(number), { dataHash: Buffer.alloc(32, 1) })]],
    ['another transaction under the header', (number) => [{ ...block(number), data: { data: [message('swapped')] } }]],
    ['a wrong previous hash', (number) => [withHeader(block(number), { previousHash: Buffer.alloc(32, 1) })]],
    ['no metadata', (number) => [{ ...block(number), metadata: {} }]],
    [
        'the signature of another block',
        (number) => [{ ...block(number), metadata: block((number + 1) % chainLength).metadata ?? {} }],
    ],
    ['nothing in its blocks', () => [{}]],
    ['an old block without end', () => repeated(block(0))],
];

test.each(attacks)('an orderer that sends %s is left for an honest one, and nothing of it is kept', async (_, sent) => {
    const peer = await channel.openPeer('AlphaMSP');
    const { ledger } = peer;
    const validator = new BlockValidator({ ledger, configuration: () => peer.configuration(), definitionOf });
    const servers = await Promise.all([standIn(sent), standIn((number) => honest.slice(number))]);
    const [evil] = servers;
    let fromEvil = 0;
    let refused = 0;
    // The honest orderer is known only once the other one has been caught twice.
    const known = (): readonly GrpcServer[] => (refused < 2 ? [evil] : servers);
    const puller = new BlockPuller({
        channelId,
        signer: channel.member('AlphaMSP', 'peer').signer,
        endpoints: () => known().map(({ address }) => ({ address })),
        nextNumber: () => ledger.height,
        backoff: { firstMs: 10, longestMs: 20 },
        onBlock: async (received) => {
            try {
                verifyBlock(received, ledger.height, ledger.info().currentBlockHash, peer.configuration());
            } catch (error) {
                refused += 1;
                throw error;
            }
            if (refused < 2) fromEvil += 1;
            await ledger.commit(received, await validator.validate(received));
        },
    });
    puller.start();
    while (ledger.height < chainLength) await sleep(10);
    await puller.stop();
    expect(refused).toBeGreaterThanOrEqual(2);
    expect(fromEvil).toBe(0);
    for (const [number, expected] of honest.entries()) {
        const { header } = ledger.block(number);
        expect(blockHeaderHash(header ?? {}).equals(asBuffer(blockHeaderHash(expected.header ?? {})))).toBe(true);
    }
    await Promise.all(servers.map((server) => server.close()));
    await ledger.close();
});
