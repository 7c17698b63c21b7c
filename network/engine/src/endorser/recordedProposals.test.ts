// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChaincodeRuntime } from '../chaincode/chaincodeRuntime.js';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { loadMspConfig } from '../identity/localMsp.js';
import { Msp } from '../identity/msp.js';
import type { ChannelLedger } from '../ledger/channelLedger.js';
import { InMemoryLedger } from '../ledger/inMemoryLedger.js';
import { VerifiedSignatures } from '../ledger/validation/verifiedSignatures.js';
import { AccessControl } from '../lifecycle/accessControl.js';
import type { PeerChannels } from '../lifecycle/peerChannels.js';
import type { SystemChaincode } from '../lifecycle/systemChaincode.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { common, msp, protos } from '../wire/protobuf.js';
import { ChaincodeCatalog } from './chaincodeCatalog.js';
import { Endorser } from './endorser.js';
import { ProposalError } from './proposalError.js';

interface Recorded {
    readonly id: string;
    readonly peer: string;
    readonly requestBase64?: string;
    readonly error?: { readonly code: number; readonly message: string } | null;
    readonly response?: { readonly response: { readonly status: number; readonly message: string } } | null;
}

const fixtures = join(__dirname, '../../fixtures/fabric-3.1.5');
const recorded = new Map(
    readFileSync(join(fixtures, 'services/endorser.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Recorded)
        .map((one) => [one.id, one]),
);
const genesis = decode(common.Block, readFileSync(join(fixtures, 'network/genesis.pb')), 'Block');
const configuration = ChannelConfiguration.fromConfigBlock(genesis);
const organisation = join(fixtures, 'network/msp/peerOrganizations/authority.power.example');
const localMsp = Msp.fromConfig(loadMspConfig(join(organisation, 'msp'), 'AuthorityMSP'));
const certificate = readFileSync(
    join(organisation, 'peers/peer0.authority.power.example/msp/signcerts/peer0.authority.power.example-cert.pem'),
);
const unused: SystemChaincode = { name: 'cscc', usesSimulation: false, invoke: () => Promise.resolve({ status: 200 }) };

/** A peer of the recorded channel at its first block, with its clock at the time of the proposal. */
function endorserFor(now: Date, committedTxIds: readonly string[] = []): Endorser {
    const memory = new InMemoryLedger({ channelId: 'power' });
    const ledger = {
        channelId: 'power',
        height: 1,
        newSimulation: (txId: string) => memory.newSimulation(txId),
        newReader: () => memory.newReader(),
        txStatus: (txId: string) => (committedTxIds.includes(txId) ? { code: 0, blockNumber: 1 } : undefined),
    } as unknown as ChannelLedger;
    const channels: PeerChannels = {
        get: (id) => (id === 'power' ? { ledger, configuration: () => configuration } : undefined),
        ids: () => ['power'],
        join: () => Promise.reject(new Error('not here')),
    };
    return new Endorser({
        distributor: { distribute: () => Promise.resolve() },
        channels,
        localMsp,
        signer: {
            mspId: 'AuthorityMSP',
            serialized: encode(msp.SerializedIdentity, { mspid: 'AuthorityMSP', idBytes: certificate }),
            sign: () => Buffer.from('signature'),
        },
        accessControl: new AccessControl({ channels, localMsp }),
        systemChaincodes: new Map([['cscc', unused]]),
        catalog: new ChaincodeCatalog({ channels, mspId: 'AuthorityMSP', installedPackageIds: () => [] }),
        runtime: new ChaincodeRuntime({
            executeTimeoutMs: 1_000,
            startupTimeoutMs: 1_000,
            offer: {},
            endpoints: { endpointOf: () => Promise.reject(new Error('no chaincode here')) },
        }),
        timeWindow: { ms: 15 * 60_000, text: '15m0s' },
        signatures: new VerifiedSignatures(),
        now: () => now,
    });
}

function requestOf(id: string): {
    signed: protos.SignedProposal;
    expected: Recorded;
    header: common.ChannelHeader | undefined;
} {
    const expected = recorded.get(id);
    if (expected?.requestBase64 === undefined) throw new Error(`no recorded request ${id}`);
    const signed = decode(protos.SignedProposal, Buffer.from(expected.requestBase64, 'base64'), 'SignedProposal');
    return { signed, expected, header: headerOf(signed) };
}

function headerOf(signed: protos.SignedProposal): common.ChannelHeader | undefined {
    try {
        const proposal = decode(protos.Proposal, asBuffer(signed.proposalBytes), 'Proposal');
        const header = decode(common.Header, asBuffer(proposal.header), 'Header');
        return decode(common.ChannelHeader, asBuffer(header.channelHeader), 'ChannelHeader');
    } catch {
        return undefined;
    }
}

const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replace(/proto: .*$/, 'proto');
const ownDecoder = (text: string): string => text.replace(/(error unmarshalling \w+): .*$/, '$1: proto');

function timeOf(header: common.ChannelHeader | undefined): Date {
    return new Date((header?.timestamp?.seconds ?? 0) * 1_000);
}

// Refused for what this peer's own clock, ledger or configuration says: tested one by one below.
const special = ['duplicate-txid', 'old-timestamp', 'revoked-certificate'];
const refused = [...recorded.values()].filter(({ error, id }) => error && !special.includes(id)).map(({ id }) => id);

async function refusal(endorser: Endorser, signed: protos.SignedProposal): Promise<string> {
    const failure: unknown = await endorser.processProposal(signed).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProposalError);
    return ownDecoder((failure as Error).message);
}

test.each(refused)('refuses %s with the recorded text', async (id) => {
    const { signed, expected, header } = requestOf(id);
    expect(await refusal(endorserFor(timeOf(header)), signed)).toBe(plain(expected.error?.message ?? ''));
});

test('refuses a proposal outside of the time window, and names both times', async () => {
    const { signed, expected } = requestOf('old-timestamp');
    const text = expected.error?.message ?? '';
    const peerTime = new Date(/peer time (\S+),/.exec(text)?.[1] ?? '');
    expect(await refusal(endorserFor(peerTime), signed)).toBe(text);
});

test('refuses a transaction that is in the ledger', async () => {
    const { signed, expected, header } = requestOf('duplicate-txid');
    const endorser = endorserFor(timeOf(header), [header?.txId ?? '']);
    expect(await refusal(endorser, signed)).toBe(expected.error?.message);
});

test.each(['unknown-channel', 'unknown-chaincode', 'no-channel'])(
    'answers %s with a status 500 of its own, without payload',
    async (id) => {
        const { signed, expected, header } = requestOf(id);
        const answer = await endorserFor(timeOf(header)).processProposal(signed);
        expect(answer).toEqual({ response: { status: 500, message: expected.response?.response.message } });
    },
);

describe('a system chaincode', () => {
    const { signed, header } = requestOf('cscc-join-not-admin');

    test('called without a channel is answered and not endorsed', async () => {
        const answer = await endorserFor(timeOf(header)).processProposal(signed);
        expect(answer).toEqual({ response: { status: 200 } });
    });
});
