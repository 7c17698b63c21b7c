// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { ChaincodeCatalog } from '../endorser/chaincodeCatalog.js';
import type { NetworkPeers } from '../gatewayService/networkPeers.js';
import type { PeerEndorser } from '../gatewayService/peerEndorser.js';
import '../ledger/testing/quietLog.js';
import { recordedBlocks, recordings } from '../ledger/testing/recordings.js';
import { RecordedFollower } from '../ledger/validation/testing/recordedFollower.js';
import type { PeerChannels } from '../lifecycle/peerChannels.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { discovery, gossip, msp } from '../wire/protobuf.js';
import { ChannelPeers } from './channelPeers.js';
import { discoveryServices } from './discoveryService.js';

// What Fabric's `discover` command printed about the recorded network, when its chain had 22 blocks.
interface RecordedCall {
    readonly id: string;
    readonly stdout: string;
}
interface RecordedPeer {
    readonly MSPID: string;
    readonly Endpoint: string;
    readonly LedgerHeight: number;
    readonly Identity: string;
    readonly Chaincodes?: readonly string[];
}

const height = 22;
const calls = new Map(
    readFileSync(join(recordings, 'cli.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as RecordedCall)
        .map(({ id, stdout }) => [id, stdout]),
);
const printed = <T>(id: string): T => JSON.parse(calls.get(id) ?? '') as T;
const [own, ...others] = ['authority', 'centralbank', 'cooperative', 'regulator'].map((name, index) => {
    const folder = `network/msp/peerOrganizations/${name}.power.example/peers/peer0.${name}.power.example/msp/signcerts`;
    const idBytes = readFileSync(join(recordings, folder, `peer0.${name}.power.example-cert.pem`));
    const mspId = ['AuthorityMSP', 'CentralBankMSP', 'CooperativeMSP', 'RegulatorMSP'][index] ?? '';
    const identity = encode(msp.SerializedIdentity, { mspid: mspId, idBytes });
    return { mspId, identity, address: `localhost:230${String(index + 1)}0` };
});
const packages = JSON.parse(readFileSync(join(recordings, 'network/chaincode/package-ids.json'), 'utf8')) as Record<
    string,
    { readonly packageId: string }
>;

let follower: RecordedFollower;
let catalog: ChaincodeCatalog;
let ask: (query: discovery.Query.$Properties) => Promise<discovery.QueryResult>;

beforeAll(async () => {
    follower = await RecordedFollower.start('AuthorityMSP');
    for (const { ordererBlock } of recordedBlocks('blocks').slice(1, height)) await follower.take(ordererBlock);
    // The callers' keys are not recorded: whoever asks may.
    const open = { getOrReject: () => ({ evaluate: () => undefined }) };
    const configuration = Object.create(follower.configuration(), {
        policies: { value: open },
    }) as ChannelConfiguration;
    const channel = { ledger: follower.ledger, configuration: () => configuration };
    const channels: PeerChannels = {
        get: (id) => (id === 'power' ? channel : undefined),
        ids: () => ['power'],
        join: () => Promise.reject(new Error('not here')),
    };
    const installedPackageIds = (): string[] => Object.values(packages).map(({ packageId }) => packageId);
    catalog = new ChaincodeCatalog({ channels, mspId: 'AuthorityMSP', installedPackageIds });
    const members = [{ local: true }, ...others] as PeerEndorser[];
    const peers = new ChannelPeers({
        peers: { membersOf: () => members } as unknown as NetworkPeers,
        catalog,
        signer: { mspId: 'AuthorityMSP', serialized: own?.identity ?? Buffer.alloc(0), sign: () => Buffer.from('s') },
        endpoint: 'localhost:23010',
        introduce: (_channel, { address }) => {
            const peer = others.find((one) => one.address === address);
            return Promise.resolve(peer && { identity: peer.identity, height });
        },
    });
    const services = discoveryServices({
        channels,
        accessControl: { checkLocal: () => undefined },
        catalog,
        peers,
        membersMayAsk: false,
    });
    const discover = services['/discovery.Discovery/Discover'];
    ask = async (query) => {
        if (discover?.kind !== 'unary') throw new Error('no service');
        const payload = encode(discovery.Request, {
            authentication: { clientIdentity: own?.identity ?? Buffer.alloc(0) },
            queries: [query],
        });
        const call = { peerAddress: '', clientCertificate: undefined, signal: new AbortController().signal };
        const bytes = await discover.handle(encode(discovery.SignedRequest, { payload }), {
            ...call,
            deadline: undefined,
        });
        const [result] = decode(discovery.Response, asBuffer(bytes), 'Response').results;
        if (result === undefined) throw new Error('no answer');
        return decode(discovery.QueryResult, encode(discovery.QueryResult, result), 'QueryResult');
    };
});

afterAll(() => follower.stop());

/** As the command prints a peer. */
function shown({ stateInfo, membershipInfo, identity }: discovery.Peer.$Properties): RecordedPeer {
    const message = (envelope: gossip.Envelope.$Properties | null | undefined): gossip.GossipMessage =>
        decode(gossip.GossipMessage, asBuffer(envelope?.payload), 'GossipMessage');
    const { properties } = message(stateInfo).stateInfo ?? {};
    const { mspid, idBytes } = decode(msp.SerializedIdentity, asBuffer(identity), 'SerializedIdentity');
    return {
        MSPID: mspid,
        Endpoint: message(membershipInfo).aliveMsg?.membership?.endpoint ?? '',
        LedgerHeight: properties?.ledgerHeight ?? 0,
        Identity: asBuffer(idBytes).toString(),
        Chaincodes: (properties?.chaincodes ?? []).map(({ name }) => name ?? ''),
    };
}

const byOrganisation = (peers: readonly RecordedPeer[]): RecordedPeer[] =>
    [...peers].sort((a, b) => a.MSPID.localeCompare(b.MSPID));

test('the peers of the channel, with what each of them runs', async () => {
    const { members } = await ask({ channel: 'power', peerQuery: {} });
    const peers = Object.values(members?.peersByOrg ?? {}).flatMap((ofOne) => ofOne.peers ?? []);
    expect(byOrganisation(peers.map(shown))).toEqual(byOrganisation(printed<RecordedPeer[]>('discover-peers')));
});

test('only the peers that run a chaincode', async () => {
    const { members } = await ask({ channel: 'power', peerQuery: { filter: { chaincodes: [{ name: 'helper' }] } } });
    const running = Object.entries(members?.peersByOrg ?? {}).filter(([, ofOne]) => (ofOne.peers ?? []).length > 0);
    expect(running.map(([mspId]) => mspId).sort()).toEqual(['AuthorityMSP', 'CentralBankMSP']);
});

test('the organisations and orderers of the channel', async () => {
    const { configResult } = await ask({ channel: 'power', configQuery: {} });
    const expected = printed<{
        readonly msps: Record<string, { readonly name: string; readonly root_certs: readonly string[] }>;
        readonly orderers: unknown;
    }>('discover-config');
    expect(configResult?.orderers).toEqual(expected.orderers);
    const roots = Object.entries(configResult?.msps ?? {}).map(([mspId, { name, rootCerts }]) => [
        mspId,
        { name, root_certs: (rootCerts ?? []).map((pem) => asBuffer(pem).toString('base64')) },
    ]);
    expect(Object.fromEntries(roots)).toEqual(
        Object.fromEntries(
            Object.entries(expected.msps).map(([id, { name, root_certs }]) => [id, { name, root_certs }]),
        ),
    );
});

interface RecordedDescriptor {
    readonly Chaincode: string;
    readonly EndorsersByGroups: Record<string, readonly RecordedPeer[]>;
    readonly Layouts: readonly { readonly quantities_by_group: Record<string, number> }[];
}

/** Layouts by organisation: the names of groups mean nothing. */
function layoutsOf({ EndorsersByGroups: groups, Layouts }: RecordedDescriptor): string[] {
    const named = (group: string): string =>
        (groups[group] ?? []).map(({ MSPID, Identity }) => MSPID + Identity).join();
    return Layouts.map(({ quantities_by_group }) =>
        Object.entries(quantities_by_group)
            .map(([group, count]) => `${named(group)} ${String(count)}`)
            .sort()
            .join(),
    ).sort();
}

describe('after the definition with collections', () => {
    beforeAll(async () => {
        const [definition] = recordedBlocks('blocks').slice(height);
        if (definition === undefined) throw new Error('no such block');
        catalog.blockCommitted('power', await follower.take(definition.ordererBlock));
    });

    test.each([
        ['discover-endorsers', { name: 'vector' }],
        ['discover-endorsers-coll', { name: 'vector', collectionNames: ['pairAC'] }],
    ])('who endorses, as recorded in %s', async (id, call) => {
        const { ccQueryRes } = await ask({ channel: 'power', ccQuery: { interests: [{ chaincodes: [call] }] } });
        const [descriptor] = ccQueryRes?.content ?? [];
        const answered: RecordedDescriptor = {
            Chaincode: descriptor?.chaincode ?? '',
            EndorsersByGroups: Object.fromEntries(
                Object.entries(descriptor?.endorsersByGroups ?? {}).map(([group, { peers }]) => [
                    group,
                    (peers ?? []).map(shown),
                ]),
            ),
            Layouts: (descriptor?.layouts ?? []).map(({ quantitiesByGroup }) => ({
                quantities_by_group: { ...quantitiesByGroup },
            })),
        };
        const [expected] = printed<RecordedDescriptor[]>(id);
        expect(answered.Chaincode).toBe(expected?.Chaincode);
        expect(layoutsOf(answered)).toEqual(expected && layoutsOf(expected));
    });
});

test('a chaincode that nobody defined, with the recorded text', async () => {
    const { error } = await ask({ channel: 'power', ccQuery: { interests: [{ chaincodes: [{ name: 'nosuchcc' }] }] } });
    expect(error?.content).toBe('failed constructing descriptor for chaincodes:{name:"nosuchcc"}');
    const stderr = readFileSync(join(recordings, 'cli.jsonl'), 'utf8').replaceAll('\u00a0', ' ');
    expect(stderr).toContain(JSON.stringify(`server returned: ${error?.content ?? ''}`).slice(1, -1));
});
