// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { buildGenesisBlock } from '../channel/testing/buildGenesisBlock.js';
import { plainConfigtx } from '../channel/plainConfigtx.js';
import { callParticipation } from '../commands/osnadmin/participationClient.js';
import { loadLocalMsp } from '../identity/localMsp.js';
import { TestAuthority } from '../identity/testing/testAuthority.js';
import { loadClientTls } from '../process/tls.js';
import { HeaderType } from '../wire/codes.js';
import { encode } from '../wire/decode.js';
import { newEnvelope, type Signer } from '../wire/envelope.js';
import { common, msp } from '../wire/protobuf.js';
import { seekInfo, type SeekRange } from '../wire/seek.js';
import { OrdererClient, signedMessage, sizes, type Delivered } from './testing/ordererClient.js';
import { bundleEntry, startOrderer, type OrdererProcess } from './testing/ordererProcess.js';
import { testOrdering, type TestOrdering } from './testing/testOrdering.js';

// Each test is a case of the orderer of Fabric 3.1; docs/internals/engine-cases.md lists those that other files hold.

let network: TestOrdering;
let node: OrdererProcess;
let client: Signer;
let stranger: Signer;
const root = '/participation/v1/channels';

beforeAll(async () => {
    network = testOrdering();
    client = loadLocalMsp(network.members.mspFolder('user'), 'MemberMSP').signer;
    const outside = new TestAuthority(network.directory, 'OutsideMSP');
    stranger = loadLocalMsp(outside.member('user', 'client'), 'OutsideMSP').signer;
    node = await startOrderer(bundleEntry('orderer', mkdtempSync(join(network.directory, 'b-'))), network.environment);
});
afterAll(async () => {
    await node.end('SIGKILL');
    rmSync(network.directory, { recursive: true });
});

const service = (): OrdererClient => new OrdererClient(node.address, network.orderers.tlsRootFile, client);
const message = (channelId: string, data: string | Buffer, type: number = HeaderType.ENDORSER_TRANSACTION): Buffer =>
    signedMessage(client, channelId, Buffer.from(data), type);

async function joined(channelId: string, batch: Parameters<TestOrdering['genesis']>[1] = {}): Promise<void> {
    expect((await call('POST', root, network.genesis(channelId, batch))).status).toBe(201);
}

function adminTls(): ReturnType<typeof loadClientTls> {
    return loadClientTls({
        rootFiles: [network.orderers.tlsRootFile],
        certificateFile: join(network.tlsFolder, 'server.crt'),
        keyFile: join(network.tlsFolder, 'server.key'),
    });
}

function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, content?: Buffer): Promise<{ status: number }> {
    const part = method === 'PUT' ? 'config-update-envelope' : 'config-block';
    const file = content && { part, name: part, content };
    return callParticipation({ method, orderer: node.adminAddress, path, tls: adminTls(), ...(file && { file }) });
}

describe('Broadcast', () => {
    beforeAll(() => joined('said', { absoluteMaxBytes: '600 KB', maxMessageCount: 1 }));

    it('refuses an empty envelope and ends the stream without an error', async () => {
        expect(await service().broadcast([Buffer.alloc(0), message('said', 'x')])).toEqual([
            '400 could not determine channel ID: header not set',
        ]);
    });

    it('does not know a channel that it does not order', async () => {
        expect(await service().broadcast([message('nope', 'x')])).toEqual(['400 channel does not exist']);
    });

    it.each([
        ['a configuration', HeaderType.CONFIG, '400 message is of type that cannot be processed directly'],
        [
            'an orderer transaction',
            HeaderType.ORDERER_TRANSACTION,
            '400 message is of type that is no longer supported',
        ],
    ])('does not take %s', async (_, type, reply) => {
        expect(await service().broadcast([message('said', 'x', type)])).toEqual([reply]);
    });

    it.each<[string, () => common.Envelope]>([
        ['without a signature', () => new common.Envelope({ payload: envelope(client).payload })],
        ['with a flipped bit in its signature', () => flipped(envelope(client))],
        ['of an organisation outside the channel', () => envelope(stranger)],
        [
            'of a member under another MSP id',
            () => {
                const { idBytes } = msp.SerializedIdentity.decode(client.serialized);
                const serialized = encode(msp.SerializedIdentity, { mspid: 'OrdererMSP', idBytes });
                return envelope({ mspId: 'OrdererMSP', serialized, sign: (bytes) => client.sign(bytes) });
            },
        ],
    ])('forbids a message %s', async (_, forbidden) => {
        expect(await service().broadcast([encode(common.Envelope, forbidden())])).toEqual([
            '403 implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the ' +
                "'Writers' sub-policies to be satisfied: permission denied",
        ]);
    });

    it('takes a message of exactly the absolute size and none of one byte more', async () => {
        const exact = sizedEnvelope(600 * 1024);
        expect(await service().broadcast([encode(common.Envelope, exact)])).toEqual(['200']);
        expect(await service().broadcast([encode(common.Envelope, sizedEnvelope(600 * 1024 + 1))])).toEqual([
            '400 message payload is 614401 bytes and exceeds maximum allowed 614400 bytes',
        ]);
    });

    it('cuts before a message that is too much for the pending ones, and gives a large one a block of its own', async () => {
        await joined('large', { preferredMaxBytes: '512 KB', batchTimeout: '300ms' });
        const kilobytes = [300, 300, 1, 600].map((size) => message('large', Buffer.alloc(size * 1000, size)));
        await service().broadcast(kilobytes);
        const { blocks } = await service().deliver('large', { start: 1, stop: 3 });
        expect(sizes(blocks)).toEqual([1, 2, 1]);
    });

    it('makes no block of nothing after the timeout', async () => {
        await joined('quiet', { batchTimeout: '50ms' });
        await service().broadcast([message('quiet', 'x')]);
        await service().deliver('quiet', { start: 1, stop: 1 });
        await new Promise((resolve) => setTimeout(resolve, 250));
        expect((await service().deliver('quiet', { start: 'newest', stop: 'newest' })).blocks).toHaveLength(1);
        const beyond = await service().deliver('quiet', { start: 2, stop: 2, behavior: 'failIfNotReady' });
        expect(beyond).toEqual({ blocks: [], status: 404 });
    });

    function envelope(signer: Signer): common.Envelope {
        return newEnvelope(signer, { type: 3, channelId: 'said', data: Buffer.from('x') });
    }

    function flipped({ payload, signature }: common.Envelope): common.Envelope {
        const changed = Buffer.from(signature);
        changed[changed.length - 1]! ^= 1;
        return new common.Envelope({ payload, signature: changed });
    }

    /** An envelope whose payload and signature have together this size; about every second signature has 71 bytes. */
    function sizedEnvelope(bytes: number): common.Envelope {
        const overhead = newEnvelope(client, { type: 3, channelId: 'said', data: Buffer.alloc(bytes - 2000) }).payload
            .length;
        for (let attempt = 0; attempt < 500; attempt++) {
            const data = Buffer.alloc(2 * bytes - 2000 - overhead - 71);
            const made = newEnvelope(client, { type: 3, channelId: 'said', data });
            if (made.payload.length + made.signature.length === bytes) return made;
        }
        throw new Error('no signature had 71 bytes');
    }
});

describe('Deliver', () => {
    beforeAll(async () => {
        await joined('read', { maxMessageCount: 1 });
        await service().broadcast(['a', 'b', 'c'].map((data) => message('read', data)));
        await service().deliver('read', { start: 'oldest', stop: 3 });
    });

    const seek = (range: SeekRange): Promise<Delivered> => service().deliver('read', range);
    const count = ({ blocks, status }: Delivered): [number, number] => [blocks.length, status];
    const numbers = ({ blocks }: Delivered): number[] =>
        blocks.map((bytes) => common.Block.decode(bytes).header?.number ?? -1);

    it('sends a range and SUCCESS', async () => {
        const whole = await seek({ start: 'oldest', stop: 'newest' });
        expect([numbers(whole), whole.status]).toEqual([[0, 1, 2, 3], 200]);
        const last = await seek({ start: 'newest', stop: 'newest' });
        expect([numbers(last), last.status]).toEqual([[3], 200]);
    });

    it('sends what there is and then NOT_FOUND when it is not to wait', async () => {
        expect(count(await seek({ start: 0, stop: 1000, behavior: 'failIfNotReady' }))).toEqual([4, 404]);
    });

    it('waits for the next block when it is to wait', async () => {
        const height =
            common.Block.decode((await seek({ start: 'newest', stop: 'newest' })).blocks[0]!).header!.number! + 1;
        const next = seek({ start: height, stop: height });
        await service().broadcast([message('read', 'next')]);
        const delivered = await next;
        expect([numbers(delivered), delivered.status]).toEqual([[height], 200]);
    });

    it('without an end sends no status, however many blocks there were', async () => {
        const forever = signedMessage(client, 'read', seekInfo({ start: 'oldest', stop: 'forever' }), 5);
        const reading = service().seek(forever, 6);
        await service().broadcast([message('read', 'x'), message('read', 'y')]);
        const { blocks, status } = await reading;
        expect([blocks.length, status]).toEqual([6, 0]);
    });

    const range = seekInfo({ start: 0, stop: 0 });
    const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
    const request = (over: object = {}): common.Envelope =>
        newEnvelope(client, { type: 5, channelId: 'read', data: range, ...over });

    it.each<[string, () => common.Envelope, number]>([
        ['for an unknown channel with NOT_FOUND', () => request({ channelId: 'nope' }), 404],
        ['without a signature with FORBIDDEN', () => new common.Envelope({ payload: request().payload }), 403],
        ['without a timestamp with BAD_REQUEST', () => withoutTimestamp(), 400],
        ['of sixteen minutes ago with BAD_REQUEST', () => request({ timestamp: minutesAgo(16) }), 400],
        ['of fourteen minutes ago with SUCCESS', () => request({ timestamp: minutesAgo(14) }), 200],
        ['that ends before it starts with BAD_REQUEST', () => request({ data: seekInfo({ start: 3, stop: 1 }) }), 400],
        ['beyond the next block with NOT_FOUND', () => request({ data: seekInfo({ start: 99, stop: 99 }) }), 404],
    ])('answers a request %s', async (_, envelope, status) => {
        expect((await service().seek(encode(common.Envelope, envelope()))).status).toBe(status);
    });

    function withoutTimestamp(): common.Envelope {
        const { header, data } = common.Payload.decode(request().payload);
        const channelHeader = common.ChannelHeader.decode(header?.channelHeader ?? Buffer.alloc(0));
        channelHeader.timestamp = null;
        const bytes = encode(common.Payload, {
            header: { ...header, channelHeader: encode(common.ChannelHeader, channelHeader) },
            data,
        });
        return new common.Envelope({ payload: bytes, signature: client.sign(bytes) });
    }
});

describe('the participation interface', () => {
    beforeAll(() => joined('listed'));

    interface Answer {
        readonly status: number | undefined;
        readonly allow?: string | undefined;
        readonly location?: string | undefined;
        readonly body: string;
    }

    function ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
        const { roots, certificate, key } = adminTls();
        const [host, port] = node.adminAddress.split(':');
        return new Promise((resolve, reject) => {
            const tls = { ca: [...roots], cert: certificate, key };
            request({ method, path, host, port, headers, ...tls } as object, (reply) => {
                let body = '';
                reply.on('data', (chunk: Buffer) => (body += chunk.toString()));
                reply.on('end', () => {
                    const { allow, location } = reply.headers;
                    resolve({
                        status: reply.statusCode,
                        ...(allow !== undefined && { allow }),
                        ...(location !== undefined && { location }),
                        body: body.trim(),
                    });
                });
            })
                .on('error', reject)
                .end();
        });
    }

    const error = (text: string): string => JSON.stringify({ error: text });
    const blocks = `${root}/listed/blocks`;

    it.each<[string, string, Partial<Answer>]>([
        ['GET', `${root}/none`, { status: 404, body: error('channel does not exist') }],
        [
            'GET',
            `${root}/UPPER`,
            { status: 400, body: error("invalid channel ID: 'UPPER' contains illegal characters") },
        ],
        ['DELETE', `${root}/none`, { status: 404, body: error('cannot remove: channel does not exist') }],
        ['GET', `${blocks}/7`, { status: 404, body: error('no such block number [7] in index') }],
        ['GET', `${root}/none/blocks/newest`, { status: 404, body: error('channel does not exist') }],
        ['GET', '/participation/v1/', { status: 302, location: root }],
        ['GET', '/participation/v1', { status: 307, location: '/participation/v1/' }],
        ['GET', `${root}/`, { status: 404, body: '404 page not found' }],
        ['PATCH', root, { status: 405, allow: 'GET, POST, PUT', body: error('invalid request method: PATCH') }],
        ['PATCH', `${root}/listed`, { status: 405, allow: 'GET, DELETE' }],
        ['PATCH', `${blocks}/0`, { status: 405, allow: 'GET' }],
        ['POST', root, { status: 400, body: error('unsupported Content-Type: []') }],
    ])('answers %s %s as Fabric does', async (method, path, answer) => {
        expect(await ask(method, path)).toMatchObject(answer);
    });

    it('says which block ids there are', async () => {
        const { status, body } = await ask('GET', `${blocks}/xx`);
        expect(status).toBe(400);
        expect(body).toContain("invalid block ID: 'xx' not equal");
    });

    it('answers only those who accept JSON', async () => {
        expect(await ask('GET', root, { accept: 'text/html' })).toEqual({
            status: 406,
            body: error('response Content-Type is application/json only'),
        });
    });

    it('refuses to join a channel whose consenter has a certificate of another authority', async () => {
        const ordererTls = new TestAuthority(network.directory, 'ForeignMSP').tlsFolder('orderer0');
        const configPath = mkdtempSync(join(network.directory, 'foreign-'));
        const { directory } = network;
        const yaml = plainConfigtx({ directory, ordererTls, members: [{ mspId: 'MemberMSP' }] });
        writeFileSync(join(configPath, 'configtx.yaml'), yaml);
        const genesis = buildGenesisBlock({ configPath, profile: 'Test', channelId: 'foreign' });
        const { body } = await callParticipation({
            method: 'POST',
            orderer: node.adminAddress,
            path: root,
            tls: adminTls(),
            file: { part: 'config-block', name: 'config.block', content: encode(common.Block, genesis) },
        });
        expect(JSON.parse(body.toString())).toEqual({
            error: expect.stringMatching(
                /^cannot join: failed to determine cluster membership from join-block: failed to validate config metadata of ordering config: consenter localhost:7050 has invalid certificate: verifying tls client cert with serial number \d+: x509: /,
            ) as string,
        });
    });

    it('goes on after an update of a channel that does not exist', async () => {
        const update = encode(
            common.Envelope,
            newEnvelope(client, { type: 2, channelId: 'none', data: Buffer.alloc(0) }),
        );
        expect((await call('PUT', root, update)).status).toBe(405);
        expect((await call('GET', `${root}/listed`)).status).toBe(200);
        expect(await service().broadcast([message('listed', 'x')])).toEqual(['200']);
    });

    it('joins a removed channel again at height 1, and leaves the others alone', async () => {
        await joined('again', { maxMessageCount: 1 });
        await service().broadcast([message('again', 'x'), message('listed', 'x')]);
        await service().deliver('again', { start: 1, stop: 1 });
        expect((await call('DELETE', `${root}/again`)).status).toBe(204);
        await joined('again');
        const beyond = await service().deliver('again', { start: 1, stop: 1, behavior: 'failIfNotReady' });
        expect(beyond).toEqual({ blocks: [], status: 404 });
        expect(await service().broadcast([message('listed', 'y')])).toEqual(['200']);
    });
});
