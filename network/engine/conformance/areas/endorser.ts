// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { ChaincodeRuntime } from '../../src/chaincode/chaincodeRuntime.js';
import { ChaincodeCatalog } from '../../src/endorser/chaincodeCatalog.js';
import { Endorser } from '../../src/endorser/endorser.js';
import { loadMspConfig } from '../../src/identity/localMsp.js';
import { Msp } from '../../src/identity/msp.js';
import { RecordedFollower } from '../../src/ledger/validation/testing/recordedFollower.js';
import { VerifiedSignatures } from '../../src/ledger/validation/verifiedSignatures.js';
import { AccessControl } from '../../src/lifecycle/accessControl.js';
import { Cscc } from '../../src/lifecycle/cscc.js';
import type { PeerChannels } from '../../src/lifecycle/peerChannels.js';
import { asBuffer, decode, encode } from '../../src/wire/decode.js';
import { common, msp, protos } from '../../src/wire/protobuf.js';
import type { Checks } from '../checks.js';
import { inProcessChaincode } from '../inProcessChaincode.js';
import { recordedCalls } from '../recordedCalls.js';
import { recordedAt, secondsOf } from '../recordedTime.js';
import type { Recordings } from '../recordings.js';

interface Recorded {
    readonly id: string;
    readonly peer: string;
    readonly requestBase64: string;
    readonly error?: { readonly message: string } | null;
    readonly response?: {
        readonly version: number;
        readonly response: { readonly status: number; readonly message: string; readonly payloadText?: string };
        readonly endorsement: boolean;
    } | null;
    readonly responseBase64?: string;
}

const file = 'services/endorser.jsonl';
const windowMs = 15 * 60_000;

/** Every recorded proposal to the Endorser service, run by the recorded chaincode on the state of that moment. */
export async function replayEndorser(recordings: Recordings, checks: Checks): Promise<void> {
    const follower = await RecordedFollower.start(recordings.mspId(recordings.set.lead), recordings.genesis());
    const blocks = recordings.blocks('blocks').slice(1);
    try {
        for (const { line, value } of recordings.lines<Recorded>(file)) {
            const place = { file, line, label: value.id };
            const sentAt = secondsOf(asProposalEnvelope(value.requestBase64));
            while (blocks[0] !== undefined && sentAt > 0 && newestSeconds(blocks[0].ordererBlock) < sentAt) {
                await follower.take(blocks.shift()?.ordererBlock ?? blocks[0].ordererBlock);
            }
            await checks.guard(place, async () => {
                const { endorser, close } = recordedPeer(
                    recordings,
                    value,
                    follower,
                    clockOf(recordings, value, sentAt),
                );
                try {
                    const signed = decode(
                        protos.SignedProposal,
                        Buffer.from(value.requestBase64, 'base64'),
                        'proposal',
                    );
                    const answer = await endorser.processProposal(signed).then(answered, refused);
                    checks.equal(place, expectedAnswer(value), answer);
                } finally {
                    await close();
                }
            });
        }
    } finally {
        await follower.stop();
    }
}

function newestSeconds(block: common.Block): number {
    return Math.max(0, ...(block.data?.data ?? []).map(secondsOf));
}

/** The header of a proposal stands where that of an envelope's payload does. */
function asProposalEnvelope(requestBase64: string): Buffer {
    try {
        const signed = decode(protos.SignedProposal, Buffer.from(requestBase64, 'base64'), 'SignedProposal');
        return encode(common.Envelope, { payload: asBuffer(signed.proposalBytes) });
    } catch {
        return Buffer.alloc(0);
    }
}

/** The peer's clock: the refusal of an old proposal names it, every other proposal was fresh. */
function clockOf(recordings: Recordings, { error }: Recorded, sentAt: number): Date {
    const named = /peer time (\S+),/.exec(error?.message ?? '')?.[1];
    if (named !== undefined) return new Date(named);
    return sentAt > 0 ? new Date(sentAt * 1_000) : recordedAt(recordings);
}

function recordedPeer(
    recordings: Recordings,
    { peer }: Recorded,
    follower: RecordedFollower,
    now: Date,
): { endorser: Endorser; close: () => Promise<void> } {
    const mspId = recordings.mspId(peer);
    const organisation = `network/msp/peerOrganizations/${peer}.${recordings.set.domain}`;
    const localMsp = Msp.fromConfig(loadMspConfig(recordings.path(`${organisation}/msp`), mspId));
    const node = `${organisation}/peers/peer0.${peer}.${recordings.set.domain}/msp/signcerts`;
    const certificate = recordings.bytes(`${node}/${readdirSync(recordings.path(node))[0] ?? ''}`);
    const channel = { ledger: follower.ledger, configuration: () => follower.configuration() };
    const channels: PeerChannels = {
        get: (id) => (id === recordings.set.channel ? channel : undefined),
        ids: () => [recordings.set.channel],
        join: () => Promise.reject(new Error('the replay joins no channel')),
    };
    const accessControl = new AccessControl({ channels, localMsp });
    const runtime = new ChaincodeRuntime({
        executeTimeoutMs: 1_000,
        startupTimeoutMs: 5_000,
        offer: {},
        endpoints: {
            endpointOf: (packageId) =>
                Promise.resolve({
                    address: packageId,
                    dialTimeoutMs: 1_000,
                    tlsRequired: false,
                    clientAuthRequired: false,
                }),
        },
        dial: (endpoint) => inProcessChaincode(recordings, endpoint.address, peer)(endpoint),
    });
    const endorser = new Endorser({
        distributor: { distribute: () => Promise.resolve() },
        channels,
        localMsp,
        signer: {
            mspId,
            serialized: encode(msp.SerializedIdentity, { mspid: mspId, idBytes: certificate }),
            sign: () => Buffer.from('signature'),
        },
        accessControl,
        systemChaincodes: new Map([['cscc', new Cscc({ channels, accessControl })]]),
        catalog: new ChaincodeCatalog({ channels, mspId, installedPackageIds: () => installedOn(recordings, mspId) }),
        runtime,
        timeWindow: { ms: windowMs, text: '15m0s' },
        signatures: new VerifiedSignatures(),
        now: () => now,
    });
    return { endorser, close: () => runtime.close() };
}

/** Package ids that the recorded commands installed on a peer. */
function installedOn(recordings: Recordings, mspId: string): string[] {
    const environments = recordings.json<Record<string, { CORE_PEER_LOCALMSPID?: string }>>('cli-environments.json');
    const ids = recordings.json<Record<string, { packageId: string }>>('network/chaincode/package-ids.json');
    const calls = recordedCalls(recordings).all.map(({ value }) => value);
    return calls
        .filter(
            ({ argv, exit, env }) =>
                exit === 0 && argv[3] === 'install' && environments[env]?.CORE_PEER_LOCALMSPID === mspId,
        )
        .flatMap(({ argv }) => ids[/([^/]*)\.tar\.gz/.exec(argv.join(' '))?.[1] ?? '']?.packageId ?? []);
}

interface Answer {
    readonly error?: string;
    readonly status?: number;
    readonly message?: string;
    readonly payload?: string;
    /** The bytes that endorsers sign: proposal hash, read-write set, events, response. */
    readonly signedBytes?: string;
}

const answered = ({ response, payload, endorsement }: protos.ProposalResponse.$Properties): Answer => ({
    status: response?.status ?? 0,
    message: plain(response?.message ?? ''),
    payload: asBuffer(response?.payload).toString('base64'),
    ...(endorsement && { signedBytes: asBuffer(payload).toString('base64') }),
});

const refused = (error: unknown): Answer => ({ error: plain(error instanceof Error ? error.message : String(error)) });

function expectedAnswer({ error, responseBase64, response }: Recorded): Answer {
    if (error) return { error: plain(error.message) };
    if (responseBase64 === undefined) {
        return {
            status: response?.response.status ?? 0,
            message: plain(response?.response.message ?? ''),
            payload: '',
        };
    }
    return answered(decode(protos.ProposalResponse, Buffer.from(responseBase64, 'base64'), 'ProposalResponse'));
}

/** Texts of Go's protobuf library are not compared. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replace(/(error unmarshalling \w+): .*$/, '$1');
