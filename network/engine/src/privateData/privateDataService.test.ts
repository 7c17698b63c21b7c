// SPDX-License-Identifier: Apache-2.0
import type { Collection } from '../ledger/privateData/collections.js';
import { collectionOf } from '../ledger/privateData/collections.js';
import '../ledger/testing/quietLog.js';
import { channelId, testChannel, type TestChannel, type TestPeer } from '../lifecycle/testing/testChannel.js';
import { GrpcCode, type GrpcStatus } from '../process/grpcStatus.js';
import type { UnaryMethod } from '../process/serviceTable.js';
import { decode, encode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { common, privatedata } from '../wire/protobuf.js';
import { Distributor } from './distributor.js';
import type { MemberPeer, MemberPeers } from './memberPeers.js';
import { privateDataServices } from './privateDataService.js';
import { fetchPath, pushPath, signRequest } from './signedRequest.js';

const collection = '_implicit_org_AlphaMSP';
const rwset = Buffer.from('clear text');
const pvtRwset = { nsPvtRwset: [{ namespace: 'cc', collectionPvtRwset: [{ collectionName: collection, rwset }] }] };

let channel: TestChannel;
let peer: TestPeer;

beforeAll(async () => {
    channel = testChannel();
    peer = await channel.openPeer('AlphaMSP');
});

afterAll(async () => {
    await peer.ledger.close();
    channel.remove();
});

/** Calls the service of a peer of Alpha, which is a member of its implicit collection. */
function call(path: string, request: Buffer, now = new Date()): Promise<Buffer> {
    const table = privateDataServices({
        channels: {
            get: (id) => (id === channelId ? peer : undefined),
            ids: () => [channelId],
            join: () => Promise.resolve(),
        },
        signer: channel.member('AlphaMSP', 'peer').signer,
        timeWindowMs: 60_000,
        now: () => now,
    });
    const method = table[path] as UnaryMethod;
    return method.handle(request, {} as never);
}

function push(signer: Signer, txId = 'tx', changes: Partial<Parameters<typeof signRequest>[1]> = {}): Buffer {
    const data = encode(privatedata.Push, { txId, pvtRwset });
    return signRequest(signer, { path: pushPath, channelId, recipient: 'AlphaMSP', data, ...changes });
}

function fetch(signer: Signer, txId: string): Buffer {
    const data = encode(privatedata.Fetch, { digests: [{ txId, blockNum: 9, namespace: 'cc', collection }] });
    return signRequest(signer, { path: fetchPath, channelId, recipient: 'AlphaMSP', data });
}

async function fetched(signer: Signer, txId: string): Promise<string[]> {
    const { elements } = decode(privatedata.Found, await call(fetchPath, fetch(signer, txId)), 'Found');
    return elements.flatMap(({ rwsets }) => (rwsets ?? []).map((bytes) => Buffer.from(bytes).toString()));
}

const peerOf = (mspId: string): Signer => channel.member(mspId, 'peer').signer;
const refused = (code: number, message: string): Partial<GrpcStatus> => ({
    code,
    message: expect.stringContaining(message) as string,
});

test('what a peer of the channel pushes waits for its block, and members’ peers get it', async () => {
    await call(pushPath, push(peerOf('BetaMSP'), 'tx1'));
    expect(peer.ledger.transientStore.all('tx1', 'cc', collection)).toEqual([rwset]);
    expect(await fetched(peerOf('AlphaMSP'), 'tx1')).toEqual(['clear text']);
});

test('a peer that is no member is given nothing', async () => {
    await call(pushPath, push(peerOf('AlphaMSP'), 'tx2'));
    expect(await fetched(peerOf('BetaMSP'), 'tx2')).toEqual([]);
});

test('a peer keeps nothing that it is no member for', async () => {
    const foreign = {
        nsPvtRwset: [{ namespace: 'cc', collectionPvtRwset: [{ collectionName: '_implicit_org_BetaMSP', rwset }] }],
    };
    const data = encode(privatedata.Push, { txId: 'tx3', pvtRwset: foreign });
    await expect(call(pushPath, push(peerOf('BetaMSP'), 'tx3', { data }))).rejects.toMatchObject(
        refused(GrpcCode.FAILED_PRECONDITION, 'not a member'),
    );
    expect(peer.ledger.transientStore.has('tx3')).toBe(false);
});

test.each([
    ['a client of a member', () => push(channel.member('AlphaMSP', 'client').signer)],
    ['an administrator of a member', () => push(channel.member('AlphaMSP', 'admin').signer)],
    ['the orderer', () => push(peerOf('OrdererMSP'))],
    [
        'a signature of another key',
        () => push({ ...peerOf('BetaMSP'), sign: (bytes) => peerOf('AlphaMSP').sign(bytes) }),
    ],
    ['a request to another member', () => push(peerOf('BetaMSP'), 'tx', { recipient: 'BetaMSP' })],
    ['a request for another method', () => push(peerOf('BetaMSP'), 'tx', { path: fetchPath })],
])('refuses %s', async (_what, request) => {
    await expect(call(pushPath, request())).rejects.toMatchObject({ code: GrpcCode.PERMISSION_DENIED });
    expect(peer.ledger.transientStore.has('tx')).toBe(false);
});

test('refuses a request of another time, of another channel, and bytes that are none', async () => {
    const late = new Date(Date.now() + 120_000);
    await expect(call(pushPath, push(peerOf('BetaMSP')), late)).rejects.toMatchObject({
        code: GrpcCode.PERMISSION_DENIED,
    });
    const elsewhere = push(peerOf('BetaMSP'), 'tx', { channelId: 'other' });
    await expect(call(pushPath, elsewhere)).rejects.toMatchObject({ code: GrpcCode.NOT_FOUND });
    await expect(call(pushPath, Buffer.from('ff', 'hex'))).rejects.toMatchObject({ code: GrpcCode.INTERNAL });
    const hollow = encode(common.Envelope, { payload: Buffer.from('ff', 'hex') });
    await expect(call(fetchPath, hollow)).rejects.toMatchObject({ code: GrpcCode.INVALID_ARGUMENT });
});

describe('distribution at endorsement', () => {
    const sent: string[] = [];
    const peers = (...names: string[]): MemberPeers =>
        ({
            of: () =>
                names.map((address): MemberPeer => ({
                    address,
                    mspId: address.slice(0, 1),
                    suspect: false,
                    call: () => {
                        sent.push(address);
                        return address.endsWith('down')
                            ? Promise.reject(new Error('down'))
                            : Promise.resolve(Buffer.alloc(0));
                    },
                })),
        }) as unknown as MemberPeers;

    async function distribute(known: MemberPeers, requiredPeerCount: number, maximumPeerCount: number): Promise<void> {
        const implicit = { requiredPeerCount, maximumPeerCount };
        sent.length = 0;
        await new Distributor({ peers: known, mspId: 'AlphaMSP', pushTimeoutMs: 100, implicit }).distribute(
            peer,
            'tx',
            pvtRwset,
        );
    }

    test('goes to as many peers as the collection allows, one of each organisation first', async () => {
        await distribute(peers('a1', 'a2', 'a3', 'b1'), 0, 2);
        expect(sent.map((address) => address.slice(0, 1)).sort()).toEqual(['a', 'b']);
        await distribute(peers('a1', 'a2', 'a3', 'b1'), 0, 0);
        expect(sent).toEqual([]);
    });

    test('fails when there are too few peers, or a required one takes nothing', async () => {
        const prefix = 'failed to distribute private collection, txID tx, channel test: ';
        await expect(distribute(peers('a1'), 2, 2)).rejects.toThrow(
            `${prefix}could not build private data dissemination plan for chaincode cc and collection ${collection}: required to disseminate to at least 2 peers, but know of only 1 eligible peers`,
        );
        await expect(distribute(peers('a1', 'b-down'), 2, 2)).rejects.toThrow(
            `${prefix}Failed disseminating 1 out of 2 private dissemination plans`,
        );
        await expect(distribute(peers('b-down'), 0, 1)).resolves.toBeUndefined();
    });

    test('what is another organisation’s own is sent to nobody', async () => {
        const implicit = { requiredPeerCount: 1, maximumPeerCount: 1 };
        sent.length = 0;
        const other = new Distributor({ peers: peers('a1'), mspId: 'BetaMSP', pushTimeoutMs: 100, implicit });
        await other.distribute(peer, 'tx', pvtRwset);
        expect(sent).toEqual([]);
    });
});

test('an implicit collection is found whether its organisation is in the channel or not', () => {
    const reader = peer.ledger.newReader();
    const found: Collection | undefined = collectionOf(reader, 'cc', '_implicit_org_Nobody');
    reader.release();
    expect(found).toMatchObject({ blockToLive: 0, memberOnlyRead: false });
});
