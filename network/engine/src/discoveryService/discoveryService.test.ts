// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeCatalog } from '../endorser/chaincodeCatalog.js';
import type { EndorserAnswer, PeerEndorser } from '../gatewayService/peerEndorser.js';
import { AccessControl } from '../lifecycle/accessControl.js';
import type { PeerChannels } from '../lifecycle/peerChannels.js';
import { channelId, testChannel, type TestChannel, type TestPeer } from '../lifecycle/testing/testChannel.js';
import type { Signer } from '../wire/envelope.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { common, discovery, type protos } from '../wire/protobuf.js';
import { discoveryServices } from './discoveryService.js';
import { introduce } from './introduction.js';
import type { KnownPeer } from './knownPeer.js';

let channel: TestChannel;
let peer: TestPeer;
const queries = { channel: channelId, configQuery: {} };

beforeAll(async () => {
    channel = testChannel();
    peer = await channel.openPeer('AlphaMSP');
});
afterAll(async () => {
    await peer.ledger.close();
    channel.remove();
});

async function discover(
    request: discovery.Request.$Properties | Buffer,
    signer: Signer,
    membersMayAsk = false,
): Promise<discovery.QueryResult.$Properties[]> {
    const channels: PeerChannels = {
        get: (id) => (id === channelId ? peer : undefined),
        ids: () => [channelId],
        join: () => Promise.reject(new Error('not here')),
    };
    const self: KnownPeer = {
        mspId: 'AlphaMSP',
        endpoint: 'localhost:1',
        identity: channel.member('AlphaMSP', 'peer').signer.serialized,
        height: 1,
        chaincodes: [],
    };
    const services = discoveryServices({
        channels,
        accessControl: new AccessControl({ channels, localMsp: channel.member('AlphaMSP', 'peer').msp }),
        catalog: { definitionOf: () => undefined } satisfies Pick<ChaincodeCatalog, 'definitionOf'>,
        peers: { of: () => Promise.resolve([self]), self: () => self },
        membersMayAsk,
    });
    const service = services['/discovery.Discovery/Discover'];
    if (service?.kind !== 'unary') throw new Error('no service');
    const payload = Buffer.isBuffer(request) ? request : encode(discovery.Request, request);
    const signed = encode(discovery.SignedRequest, { payload, signature: signer.sign(payload) });
    const signal = new AbortController().signal;
    const call = { peerAddress: '', clientCertificate: undefined, signal, deadline: undefined };
    return decode(discovery.Response, asBuffer(await service.handle(signed, call)), 'Response').results;
}

const from = (signer: Signer, ...asked: discovery.Query.$Properties[]): discovery.Request.$Properties => ({
    authentication: { clientIdentity: signer.serialized },
    queries: asked,
});
const refused = (result: discovery.QueryResult.$Properties | undefined): string | undefined | null =>
    result?.error?.content;
const client = (mspId = 'AlphaMSP'): Signer => channel.member(mspId, 'client').signer;

test.each([
    ['without authentication', { queries: [] }, 'access denied, no authentication info in request'],
    ['without an identity', { authentication: {} }, "access denied, client identity wasn't supplied"],
    [
        'with more queries than anybody has',
        { authentication: { clientIdentity: Buffer.of(1) }, queries: Array<object>(1_001).fill({}) },
        'more than 1000 queries in one request',
    ],
    ['that does not parse', Buffer.from([0xff]), 'failed parsing request'],
])('a request %s ends the call', async (_what, request, text) => {
    await expect(discover(request, client())).rejects.toMatchObject({
        code: 2,
        message: expect.stringContaining(text) as unknown,
    });
});

test('writers of the channel get answers, one per query', async () => {
    const results = await discover(
        from(client('BetaMSP'), queries, { channel: channelId, peerQuery: {} }),
        client('BetaMSP'),
    );
    expect(results.map(({ configResult, members }) => [!!configResult, !!members])).toEqual([
        [true, false],
        [false, true],
    ]);
});

test('an unknown channel, a stranger and a signature of somebody else are all denied alike', async () => {
    const orderer = channel.member('OrdererMSP', 'peer').signer;
    const results = [
        ...(await discover(from(client(), { ...queries, channel: 'nope' }), client())),
        ...(await discover(from(orderer, queries), orderer)),
        ...(await discover(from(client(), queries), client('BetaMSP'))),
    ];
    expect(results.map(refused)).toEqual(['access denied', 'access denied', 'access denied']);
});

test("questions without a channel are for the organisation's administrators, or its members where so configured", async () => {
    const local = { localPeers: {} };
    const admin = channel.member('AlphaMSP', 'admin').signer;
    const otherAdmin = channel.member('BetaMSP', 'admin').signer;
    expect(refused((await discover(from(client(), local), client()))[0])).toBe('access denied');
    expect(refused((await discover(from(otherAdmin, local), otherAdmin, true))[0])).toBe('access denied');
    const [asAdmin] = await discover(from(admin, local), admin);
    const [asMember] = await discover(from(client(), local), client(), true);
    expect(Object.keys(asAdmin?.members?.peersByOrg ?? {})).toEqual(['AlphaMSP']);
    expect(Object.keys(asMember?.members?.peersByOrg ?? {})).toEqual(['AlphaMSP']);
});

test.each<[discovery.Query.$Properties, string]>([
    [{}, 'unknown or missing request type'],
    [{ localPeers: {} }, 'unknown or missing request type'],
    [{ ccQuery: {} }, 'chaincode query must have at least one chaincode interest'],
    [{ ccQuery: { interests: [{}] } }, 'chaincode interest must contain at least one chaincode'],
    [{ ccQuery: { interests: [{ chaincodes: [{}] }] } }, 'chaincode name in interest cannot be empty'],
    [
        { peerQuery: { filter: { chaincodes: [{ name: 'cc' }] } } },
        'No metadata was found for chaincode cc in channel test',
    ],
    [
        {
            ccQuery: {
                interests: [
                    { chaincodes: [{ name: 'a', collectionNames: ['c'], noPrivateReads: true }, { name: 'b' }] },
                ],
            },
        },
        'failed constructing descriptor for chaincodes:{name:"a" collection_names:"c" no_private_reads:true} chaincodes:{name:"b"}',
    ],
])('refuses %j', async (query, text) => {
    const [result] = await discover(from(client(), { ...query, channel: channelId }), client());
    expect(refused(result)).toBe(text);
});

describe('another peer', () => {
    const payload = Buffer.from('payload');
    const asked = (mspId: string, answer: Partial<protos.ProposalResponse.$Properties>): Promise<unknown> => {
        const { signer } = channel.member('BetaMSP', 'peer');
        const signature = signer.sign(Buffer.concat([payload, signer.serialized]));
        const response: protos.ProposalResponse.$Properties = {
            response: { status: 200, payload: encode(common.BlockchainInfo, { height: 7 }) },
            payload,
            endorsement: { endorser: signer.serialized, signature },
            ...answer,
        };
        const process = (): Promise<EndorserAnswer> => Promise.resolve({ ok: true, response });
        const member: PeerEndorser = { address: 'localhost:2', mspId, local: false, suspect: false, process };
        return introduce(peer, member, channel.member('AlphaMSP', 'peer').signer);
    };

    test('is known by the endorsement of its answer', async () => {
        const identity = channel.member('BetaMSP', 'peer').signer.serialized;
        await expect(asked('BetaMSP', {})).resolves.toEqual({ identity, height: 7 });
    });

    test('is left out when it belongs to another organisation, or its signature is not good', async () => {
        await expect(asked('AlphaMSP', {})).resolves.toBeUndefined();
        await expect(asked('BetaMSP', { payload: Buffer.from('other') })).resolves.toBeUndefined();
    });
});
