// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { lastConfigIndex } from '../channel/configBlock.js';
import { callParticipation, type HttpReply } from '../commands/osnadmin/participationClient.js';
import { loadLocalMsp } from '../identity/localMsp.js';
import { parsePolicyText } from '../policy/policyText.js';
import { PolicyType } from '../policy/policyTree.js';
import { loadClientTls } from '../process/tls.js';
import { encode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { common, orderer } from '../wire/protobuf.js';
import { OrdererClient, signedMessage, sizes } from './testing/ordererClient.js';
import { bundleEntry, startOrderer, type OrdererProcess } from './testing/ordererProcess.js';
import { setValue, signedUpdate } from './testing/signedUpdate.js';
import { testOrdering, type TestOrdering } from './testing/testOrdering.js';

let network: TestOrdering;
let bundle: string;
let node: OrdererProcess;
let client: Signer;
let ordererAdmin: Signer;
let memberAdmin: Signer;
const root = '/participation/v1/channels';

beforeAll(async () => {
    network = testOrdering();
    network.members.member('admin', 'admin');
    bundle = bundleEntry('orderer', mkdtempSync(join(network.directory, 'bundle-')));
    client = loadLocalMsp(network.members.mspFolder('user'), 'MemberMSP').signer;
    memberAdmin = loadLocalMsp(network.members.mspFolder('admin'), 'MemberMSP').signer;
    ordererAdmin = loadLocalMsp(network.orderers.mspFolder('admin'), 'OrdererMSP').signer;
    node = await startOrderer(bundle, network.environment);
});
afterAll(async () => {
    await node.end('SIGKILL');
    rmSync(network.directory, { recursive: true });
});

function admin(method: 'GET' | 'POST' | 'PUT', path: string, part?: string, content?: Buffer): Promise<HttpReply> {
    const tls = loadClientTls({
        rootFiles: [network.orderers.tlsRootFile],
        certificateFile: join(network.tlsFolder, 'server.crt'),
        keyFile: join(network.tlsFolder, 'server.key'),
    });
    const file = part === undefined ? undefined : { part, name: part, content: content ?? Buffer.alloc(0) };
    return callParticipation({ method, orderer: node.adminAddress, path, tls, ...(file && { file }) });
}

const service = (signer = client): OrdererClient =>
    new OrdererClient(node.address, network.orderers.tlsRootFile, signer);
const broadcast = (envelopes: readonly Buffer[], signer = client): Promise<string[]> =>
    service(signer).broadcast(envelopes);
const normal = (channelId: string, data: string): Buffer => signedMessage(client, channelId, Buffer.from(data), 3);

async function joined(
    channelId: string,
    batch: Parameters<TestOrdering['genesis']>[1] = {},
): Promise<ChannelConfiguration> {
    const genesis = network.genesis(channelId, batch);
    expect((await admin('POST', root, 'config-block', genesis)).status).toBe(201);
    return ChannelConfiguration.fromConfigBlock(common.Block.decode(genesis));
}

async function blocks(channelId: string, stop: number): Promise<common.Block[]> {
    const delivered = await service().deliver(channelId, { start: 'oldest', stop });
    return delivered.blocks.map((bytes) => common.Block.decode(bytes));
}

function batchOf(configuration: ChannelConfiguration, maxMessageCount: number, ...signers: Signer[]): Buffer {
    const change = ({ groups }: common.ConfigGroup): void => {
        const limits = { absoluteMaxBytes: 2_000_000, preferredMaxBytes: 500_000 };
        setValue(groups.Orderer, 'BatchSize', encode(orderer.BatchSize, { maxMessageCount, ...limits }));
    };
    const [first = ordererAdmin, ...others] = signers;
    return encode(common.Envelope, signedUpdate(configuration, change, [first, ...others]));
}

describe('a configuration update sent to Broadcast', () => {
    it('cuts what is pending, has a block of its own and holds from the next message on', async () => {
        const genesis = await joined('batches', { batchTimeout: '1m', maxMessageCount: 10 });
        const messages = ['a', 'b', 'c', 'd', 'e'].map((data) => normal('batches', data));
        const replies = await broadcast([...messages.slice(0, 3), batchOf(genesis, 2), ...messages.slice(3)]);
        expect(replies).toEqual(Array<string>(6).fill('200'));
        const chain = await blocks('batches', 3);
        expect(sizes(chain.map((block) => encode(common.Block, block)))).toEqual([1, 3, 1, 2]);
        expect(chain.map(lastConfigIndex)).toEqual([0, 0, 2, 2]);
        const [, , configBlock] = chain;
        const configuration = ChannelConfiguration.fromConfigBlock(configBlock ?? {});
        expect(configuration.sequence).toBe(1);
        expect(configuration.orderer.batchSize.maxMessageCount).toBe(2);
    });

    it('holds after the node was killed, and the next update builds on it', async () => {
        const genesis = await joined('killed', { batchTimeout: '1m', maxMessageCount: 10 });
        expect(await broadcast([batchOf(genesis, 1)])).toEqual(['200']);
        const [, first] = await blocks('killed', 1);
        await node.end('SIGKILL');
        node = await startOrderer(bundle, network.environment);
        expect(await broadcast([normal('killed', 'alone'), batchOf(genesis, 5)])).toEqual([
            '200',
            "400 error applying config update to existing channel 'killed': error authorizing update: error validating DeltaSet: " +
                'attempt to set key [Value]  /Channel/Orderer/BatchSize to version 1, but key is at version 1',
        ]);
        const current = ChannelConfiguration.fromConfigBlock(first ?? {});
        expect(await broadcast([batchOf(current, 3)])).toEqual(['200']);
        const chain = await blocks('killed', 3);
        expect(chain.map(lastConfigIndex)).toEqual([0, 1, 1, 3]);
        expect((await admin('GET', `${root}/killed/blocks/config`)).body).toEqual(
            encode(common.Block, chain[3] ?? new common.Block()),
        );
    });

    it('that takes rights away ends a reading, in place of the block that does it', async () => {
        const genesis = await joined('rights', { batchTimeout: '50ms' });
        const reading = service(client).deliver('rights', { start: 'oldest', stop: 1 });
        const value = encode(common.SignaturePolicyEnvelope, parsePolicyText("OR('MemberMSP.admin')"));
        const policy = { modPolicy: 'Admins', policy: { type: PolicyType.SIGNATURE, value } };
        const restriction = signedUpdate(
            genesis,
            ({ groups }) => {
                Object.assign(groups.Application?.groups?.MemberMSP?.policies ?? {}, {
                    Readers: policy,
                    Writers: policy,
                });
            },
            [memberAdmin],
        );
        expect(await broadcast([encode(common.Envelope, restriction), normal('rights', 'x')])).toEqual([
            '200',
            expect.stringMatching(/^403 .*: permission denied$/),
        ]);
        expect(await reading).toMatchObject({ status: 403, blocks: [expect.anything()] });
        const others = await service(ordererAdmin).deliver('rights', { start: 'oldest', stop: 1 });
        expect(others.status).toBe(200);
    });
});

describe('a configuration update sent to the admin listener', () => {
    const put = async (content: Buffer): Promise<{ status: number; body: unknown }> => {
        const { status, body } = await admin('PUT', root, 'config-update-envelope', content);
        return { status, body: JSON.parse(body.toString()) };
    };

    it('is taken with the height before its block', async () => {
        const genesis = await joined('put', { maxMessageCount: 1 });
        expect(await put(batchOf(genesis, 3))).toEqual({
            status: 201,
            body: {
                name: 'put',
                url: `${root}/put`,
                consensusRelation: 'consenter',
                status: 'active',
                height: 1,
            },
        });
        expect((await blocks('put', 1)).map(lastConfigIndex)).toEqual([0, 1]);
        expect(await put(batchOf(genesis, 3))).toEqual({
            status: 400,
            body: {
                error:
                    "cannot update: failed update config of channel put: error applying config update to existing channel 'put': " +
                    'error authorizing update: error validating DeltaSet: ' +
                    'attempt to set key [Value]  /Channel/Orderer/BatchSize to version 1, but key is at version 1',
            },
        });
    });

    it('is refused as Fabric refuses it', async () => {
        const genesis = ChannelConfiguration.fromConfigBlock(common.Block.decode(network.genesis('absent')));
        const refusals: [Buffer, number, string][] = [
            [
                Buffer.from('garbage'),
                400,
                'cannot unmarshal file part config-update-envelope into an envelope: proto: ',
            ],
            [normal('put', 'x'), 400, 'invalid config update envelope: bad type'],
            [encode(common.Envelope, {}), 400, 'invalid config update envelope: bad header'],
            [batchOf(genesis, 3), 405, 'cannot update: channel does not exist'],
        ];
        for (const [content, status, text] of refusals) {
            expect(await put(content)).toEqual({ status, body: { error: expect.stringContaining(text) as string } });
        }
    });
});
