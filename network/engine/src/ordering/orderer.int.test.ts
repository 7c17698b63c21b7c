// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BlockPuller } from '../delivery/blockPuller.js';
import { loadLocalMsp } from '../identity/localMsp.js';
import { alreadyExpired, notYetValid } from '../identity/testing/testAuthority.js';
import { loadClientTls } from '../process/tls.js';
import { encode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { blockDataHash, blockHeaderHash } from '../wire/hashing.js';
import { common } from '../wire/protobuf.js';
import type { SeekRange } from '../wire/seek.js';
import { callParticipation, type HttpReply } from '../commands/osnadmin/participationClient.js';
import { OrdererClient, signedMessage, sizes, type Delivered } from './testing/ordererClient.js';
import { bundleEntry, startOrderer, type OrdererProcess } from './testing/ordererProcess.js';
import { testOrdering, type TestOrdering } from './testing/testOrdering.js';

let network: TestOrdering;
let bundle: string;
let node: OrdererProcess;
let client: Signer;
const root = '/participation/v1/channels';

beforeAll(async () => {
    network = testOrdering();
    bundle = bundleEntry('orderer', network.directory);
    client = loadLocalMsp(network.members.mspFolder('user'), 'MemberMSP').signer;
    node = await startOrderer(bundle, network.environment);
});
afterAll(async () => {
    await node.end('SIGKILL');
    rmSync(network.directory, { recursive: true });
});

function admin(method: 'GET' | 'POST' | 'DELETE', path: string, block?: Buffer): Promise<HttpReply> {
    const tls = loadClientTls({
        rootFiles: [network.orderers.tlsRootFile],
        certificateFile: join(network.tlsFolder, 'server.crt'),
        keyFile: join(network.tlsFolder, 'server.key'),
    });
    const file = block && { part: 'config-block', name: 'config.block', content: block };
    return callParticipation({ method, orderer: node.adminAddress, path, tls, ...(file && { file }) });
}

const json = (reply: HttpReply): unknown => JSON.parse(reply.body.toString());

const service = (): OrdererClient => new OrdererClient(node.address, network.orderers.tlsRootFile, client);
const broadcast = (envelopes: readonly Buffer[]): Promise<string[]> => service().broadcast(envelopes);
const deliver = (channelId: string, range: SeekRange): Promise<Delivered> => service().deliver(channelId, range);
const message = (channelId: string, data: string | Buffer, type = 3, signer = client): Buffer =>
    signedMessage(signer, channelId, Buffer.from(data), type);

describe('the admin listener', () => {
    it('joins, lists, describes and removes channels with the answers of Fabric', async () => {
        expect(json(await admin('GET', root))).toEqual({ systemChannel: null, channels: null });
        const block = network.genesis('admin-test');
        const joined = await admin('POST', root, block);
        expect(joined.status).toBe(201);
        expect(joined.body.toString()).toBe(
            '{"name":"admin-test","url":"/participation/v1/channels/admin-test","consensusRelation":"consenter",' +
                '"status":"active","height":1}\n',
        );
        const again = await admin('POST', root, block);
        expect([again.status, json(again)]).toEqual([405, { error: 'cannot join: channel already exists' }]);
        expect((await admin('GET', `${root}/admin-test/blocks/oldest`)).body).toEqual(block);
        expect((await broadcast([message('admin-test', 'x')]))[0]).toBe('200');
        expect((await admin('DELETE', `${root}/admin-test`)).status).toBe(204);
        expect((await admin('DELETE', `${root}/admin-test`)).status).toBe(404);
        const rejoined = await admin('POST', root, block);
        expect(json(rejoined)).toMatchObject({ height: 1 });
        expect((await admin('DELETE', `${root}/admin-test`)).status).toBe(204);
    });

    it('refuses join blocks that are none, or that it cannot order', async () => {
        const bytes = network.genesis('refused');
        const changed = (change: common.Block.$Properties): Buffer =>
            encode(common.Block, Object.assign(common.Block.decode(bytes), change));
        const { dataHash = Buffer.alloc(0) } = common.Block.decode(bytes).header ?? {};
        const tampered = changed({ header: { dataHash: Buffer.alloc(32) } });
        const upper = network.genesis('UPPER');
        const refusals: [Buffer, string][] = [
            [Buffer.from('garbage'), 'cannot unmarshal file part config-block into a block: proto: '],
            [changed({ metadata: null }), 'invalid join block: invalid block: does not have metadata'],
            [tampered, 'invalid join block: invalid block: Header.DataHash is different from Hash(block.Data)'],
            [
                upper,
                "invalid join block: initializing configtx manager failed: bad channel ID: 'UPPER' contains illegal",
            ],
            [changed({ header: { dataHash, number: 7 } }), 'cannot join: the embedded engine joins'],
        ];
        for (const [block, text] of refusals) {
            const reply = await admin('POST', root, block);
            expect(reply.status).toBe(400);
            expect((json(reply) as { error: string }).error).toContain(text);
        }
    });

    it('refuses a client without a certificate at the handshake', async () => {
        const tls = loadClientTls({ rootFiles: [network.orderers.tlsRootFile] });
        const call = { method: 'GET', orderer: node.adminAddress, path: root, tls } as const;
        await expect(callParticipation(call)).rejects.toThrow(/certificate required|ECONNRESET|socket hang up/);
    });
});

describe('the ordering service', () => {
    it('answers in order, cuts by count at once and by time for the rest', async () => {
        await admin('POST', root, network.genesis('cut', { batchTimeout: '1s' }));
        const started = performance.now();
        const replies = await broadcast(Array.from({ length: 25 }, (_, i) => message('cut', `m${String(i)}`)));
        expect(replies).toEqual(Array<string>(25).fill('200'));
        const full = await deliver('cut', { start: 1, stop: 2 });
        expect(performance.now() - started).toBeLessThan(950);
        const rest = await deliver('cut', { start: 3, stop: 3 });
        expect(performance.now() - started).toBeGreaterThanOrEqual(1_000);
        expect([...sizes(full.blocks), ...sizes(rest.blocks)]).toEqual([10, 10, 5]);
        expect(rest.status).toBe(200);
    });

    it('orders the messages of a stream as they were sent', async () => {
        await admin('POST', root, network.genesis('order', { maxMessageCount: 7 }));
        await broadcast(Array.from({ length: 21 }, (_, i) => message('order', String(i))));
        const { blocks } = await deliver('order', { start: 1, stop: 3 });
        const sent = blocks.flatMap((bytes) =>
            (common.Block.decode(bytes).data?.data ?? []).map((envelope) =>
                Buffer.from(common.Payload.decode(common.Envelope.decode(envelope).payload).data).toString(),
            ),
        );
        expect(sent).toEqual(Array.from({ length: 21 }, (_, i) => String(i)));
    });

    it('makes a lone message a block within the batch timeout plus 25 ms', async () => {
        await admin('POST', root, network.genesis('lone', { batchTimeout: '100ms' }));
        await broadcast([message('lone', 'warm')]);
        // Once is enough: the machine may be busy with other work.
        let shortest = Infinity;
        for (let number = 2; number < 40 && shortest >= 125; number += 1) {
            await deliver('lone', { start: number - 1, stop: number - 1 });
            const arrived = deliver('lone', { start: number, stop: number }).then(() => performance.now());
            const sent = performance.now();
            await broadcast([message('lone', String(number))]);
            shortest = Math.min(shortest, (await arrived) - sent);
            expect(shortest).toBeGreaterThanOrEqual(99);
        }
        expect(shortest).toBeLessThan(125);
    });

    it('ends a stream after a refusal, and refuses what Fabric refuses', async () => {
        await admin('POST', root, network.genesis('refuse', { absoluteMaxBytes: '600 KB' }));
        const stranger = loadLocalMsp(network.members.member('noRole', 'peer'), 'MemberMSP').signer;
        const expiredFolder = network.members.member('late', 'client', alreadyExpired());
        const expired = loadLocalMsp(expiredFolder, 'MemberMSP', new Date(0)).signer;
        const early = loadLocalMsp(network.members.member('early', 'client', notYetValid()), 'MemberMSP').signer;
        const good = message('refuse', 'good');
        const permission =
            /^403 implicit policy evaluation failed - 0 sub-policies were satisfied.*: permission denied$/;
        expect(await broadcast([good, message('nope', 'x'), good])).toEqual(['200', '400 channel does not exist']);
        expect((await broadcast([message('refuse', 'x', 3, stranger)]))[0]).toMatch(permission);
        expect((await broadcast([message('refuse', 'x', 3, expired)]))[0]).toBe(
            '400 broadcast client identity expired',
        );
        // orderer/common/msgprocessor/expiration.go asks for the end of the certificate, nobody for its beginning.
        expect(await broadcast([message('refuse', 'x', 3, early)])).toEqual(['200']);
        expect((await broadcast([message('refuse', Buffer.alloc(700_000))]))[0]).toMatch(
            /^400 message payload is \d+ bytes and exceeds maximum allowed 614400 bytes$/,
        );
    });

    it('loses nothing it delivered when killed, and goes on with the chain', async () => {
        await admin('POST', root, network.genesis('killed', { maxMessageCount: 5, batchTimeout: '50ms' }));
        await broadcast(Array.from({ length: 12 }, (_, i) => message('killed', String(i))));
        const before = await deliver('killed', { start: 'oldest', stop: 3 });
        expect(sizes(before.blocks)).toEqual([1, 5, 5, 2]);
        await node.end('SIGKILL');
        node = await startOrderer(bundle, network.environment);
        expect(node.startMs).toBeLessThan(2_000);
        expect((await deliver('killed', { start: 'oldest', stop: 3 })).blocks).toEqual(before.blocks);
        await broadcast([message('killed', 'after')]);
        const { blocks } = await deliver('killed', { start: 'oldest', stop: 4 });
        assertChain(blocks.map((bytes) => common.Block.decode(bytes)));
        expect(json(await admin('GET', `${root}/killed`))).toMatchObject({ height: 5 });
    });

    it('writes the pending batch when it is told to stop', async () => {
        await admin('POST', root, network.genesis('stopped', { batchTimeout: '1m' }));
        expect(await broadcast([message('stopped', 'a'), message('stopped', 'b')])).toEqual(['200', '200']);
        await node.end('SIGTERM');
        node = await startOrderer(bundle, network.environment);
        expect(sizes((await deliver('stopped', { start: 'newest', stop: 'newest' })).blocks)).toEqual([2]);
    });

    it('tells those who wait for the next block of a channel that it is removed', async () => {
        const genesis = network.genesis('removed-under-readers');
        await admin('POST', root, genesis);
        const waiting = deliver('removed-under-readers', { start: 0, stop: 'forever' });
        await new Promise((wake) => setTimeout(wake, 200));
        await admin('DELETE', `${root}/removed-under-readers`);
        expect(await waiting).toMatchObject({ blocks: [genesis], status: 503 });
        expect((await deliver('removed-under-readers', { start: 0, stop: 'forever' })).status).toBe(404);
    });

    it('feeds a block puller, which finds the orderer again after a restart', async () => {
        await admin('POST', root, network.genesis('pulled', { maxMessageCount: 1 }));
        await broadcast(Array.from({ length: 3 }, (_, i) => message('pulled', String(i))));
        const taken: number[] = [];
        const puller = new BlockPuller({
            channelId: 'pulled',
            signer: client,
            // The first endpoint has no server: the puller must go on to the next.
            endpoints: () => [
                { address: 'localhost:9', tls: loadClientTls({ rootFiles: [network.orderers.tlsRootFile] }) },
                { address: node.address, tls: loadClientTls({ rootFiles: [network.orderers.tlsRootFile] }) },
            ],
            nextNumber: () => taken.length,
            connectTimeoutMs: 500,
            onBlock: (block) => {
                taken.push(block.header?.number ?? -1);
                return Promise.resolve();
            },
        });
        puller.start();
        await until(() => taken.length === 4);
        await node.end('SIGTERM');
        node = await startOrderer(bundle, network.environment);
        await broadcast([message('pulled', 'again')]);
        await until(() => taken.length === 5);
        expect(taken).toEqual([0, 1, 2, 3, 4]);
        const stopping = performance.now();
        await puller.stop();
        expect(performance.now() - stopping).toBeLessThan(200);
    });
});

describe('the operations endpoint', () => {
    it('answers health, version, log level and metrics with the names of Fabric', async () => {
        const get = async (path: string): Promise<Response> => fetch(`http://${node.operationsAddress}${path}`);
        expect(await (await get('/healthz')).json()).toMatchObject({ status: 'OK' });
        expect(await (await get('/version')).json()).toMatchObject({
            Version: expect.stringContaining('v3.1.5') as string,
        });
        const bad = await fetch(`http://${node.operationsAddress}/logspec`, {
            method: 'PUT',
            body: '{"spec":"nolevel"}',
        });
        expect([bad.status, await bad.text()]).toEqual([
            400,
            '{"error":"invalid logging specification \'nolevel\': bad segment \'nolevel\'"}\n',
        ]);
        const put = await fetch(`http://${node.operationsAddress}/logspec`, {
            method: 'PUT',
            body: '{"spec":"error:grpc=warn"}',
        });
        expect(put.status).toBe(204);
        expect(await (await get('/logspec')).text()).toBe('{"spec":"grpc=warn:error"}\n');
        const metrics = await (await get('/metrics')).text();
        expect(metrics).toMatch(/ledger_blockchain_height\{channel="pulled"\} 5/);
        expect(metrics).toMatch(
            /broadcast_processed_count\{channel="pulled",type="ENDORSER_TRANSACTION",status="SUCCESS"\} 1/,
        );
    });
});

describe('an orderer that cannot start', () => {
    const noMsp =
        'Failed to get local msp config: could not load signing certificate from directory /nowhere/signcerts: ' +
        'stat /nowhere/signcerts: no such file or directory';

    it.each([
        [{ ORDERER_GENERAL_TLS_ENABLED: 'false' }, 1, 'TLS is required for running ordering nodes of cluster type.'],
        [{ ORDERER_GENERAL_BOOTSTRAPMETHOD: 'file' }, 2, "Bootstrap method: 'file' is forbidden"],
        [{ ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED: 'false' }, 2, 'Admin.TLS.ClientAuthRequired must be set to true'],
        [{ ORDERER_GENERAL_TLS_CERTIFICATE: '/none.crt' }, 1, "Failed to load server TLS Certificate file '/none.crt'"],
        [{ ORDERER_GENERAL_BCCSP_DEFAULT: 'PKCS11' }, 1, 'does not support General.BCCSP.Default PKCS11'],
        [{ FABRIC_CFG_PATH: '/nowhere' }, 1, 'failed to parse config: '],
        [{ ORDERER_GENERAL_LOCALMSPDIR: '/nowhere' }, 2, noMsp],
    ])('with %p ends with %i and says why', async (environment, code, text) => {
        const failure = await startOrderer(bundle, { ...network.environment, ...environment }).catch(String);
        expect(failure).toContain(`the orderer ended with ${String(code)}: `);
        expect(failure).toContain(text);
    });
});

function assertChain(blocks: readonly common.Block[]): void {
    for (const [index, block] of blocks.entries()) {
        const previous = blocks[index - 1];
        expect(block.header?.number).toBe(index);
        expect(Buffer.from(block.header?.dataHash ?? [])).toEqual(blockDataHash(block.data ?? {}));
        if (previous !== undefined) {
            expect(Buffer.from(block.header?.previousHash ?? [])).toEqual(blockHeaderHash(previous.header ?? {}));
        }
    }
}

async function until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!condition()) {
        if (Date.now() > deadline) {
            throw new Error('it did not happen in time');
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
}
