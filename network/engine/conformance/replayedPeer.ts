// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { ChaincodeRuntime } from '../src/chaincode/chaincodeRuntime.js';
import type { DialChaincode } from '../src/chaincode/dialChaincode.js';
import { ChaincodeCatalog } from '../src/endorser/chaincodeCatalog.js';
import { Endorser } from '../src/endorser/endorser.js';
import { loadMspConfig } from '../src/identity/localMsp.js';
import { Msp } from '../src/identity/msp.js';
import { RecordedFollower } from '../src/ledger/validation/testing/recordedFollower.js';
import { VerifiedSignatures } from '../src/ledger/validation/verifiedSignatures.js';
import { AccessControl } from '../src/lifecycle/accessControl.js';
import { Cscc } from '../src/lifecycle/cscc.js';
import { LifecycleChaincode } from '../src/lifecycle/lifecycleChaincode.js';
import type { PeerChannels } from '../src/lifecycle/peerChannels.js';
import { Qscc } from '../src/lifecycle/qscc.js';
import { encode } from '../src/wire/decode.js';
import { msp } from '../src/wire/protobuf.js';
import { recordedCalls } from './recordedCalls.js';
import type { Recordings } from './recordings.js';
import { trustUnrecordedSignatures } from './unrecordedSignatures.js';

/** What a replayed peer finds around it. */
interface PeerConditions {
    readonly now: () => Date;
    /** `endpoint.address` is the package id. */
    readonly dial: DialChaincode;
    readonly executeTimeoutMs: number;
    readonly startupTimeoutMs: number;
}

/** A recorded organisation's peer, made of the engine's parts on a ledger of its own. */
export interface ReplayedPeer {
    readonly organisation: string;
    readonly mspId: string;
    /** As others know it. */
    readonly address: string;
    readonly follower: RecordedFollower;
    readonly channels: PeerChannels;
    readonly accessControl: AccessControl;
    readonly catalog: ChaincodeCatalog;
    readonly endorser: Endorser;
    /** Ends every stream to chaincode; the next call connects again. */
    forgetChaincodes(): Promise<void>;
    stop(): Promise<void>;
}

/** Fabric's defaults, as in the recorded READY messages. */
const offer = { useWriteBatch: true, maxSizeWriteBatch: 1000, useGetMultipleKeys: true, maxSizeGetMultipleKeys: 1000 };
/** No replayed call looks into a package. */
const noPackages = {} as never;

/** Starts at the genesis block. */
export async function replayedPeer(
    recordings: Recordings,
    organisation: string,
    conditions: PeerConditions,
): Promise<ReplayedPeer> {
    const mspId = recordings.mspId(organisation);
    const follower = await RecordedFollower.start(mspId, recordings.genesis());
    const localMsp = Msp.fromConfig(loadMspConfig(recordings.path(`${folderOf(recordings, organisation)}/msp`), mspId));
    const channels = channelsOf(recordings, follower);
    const accessControl = new AccessControl({ channels, localMsp });
    const runtime = runtimeOf(conditions);
    const catalog = new ChaincodeCatalog({ channels, mspId, installedPackageIds: () => installed });
    const installed = installedOn(recordings, mspId);
    follower.ledger.onCommitted((block) => catalog.blockCommitted(recordings.set.channel, block));
    const parts = { channels, accessControl, packages: noPackages, mspId };
    const system = [new LifecycleChaincode(parts), new Qscc(parts), new Cscc(parts)];
    const endorser = new Endorser({
        // Clear text reaches the members in the replay of the network, not by gossip.
        distributor: { distribute: () => Promise.resolve() },
        channels,
        localMsp,
        signer: { mspId, serialized: peerIdentity(recordings, organisation), sign: () => Buffer.from('signature') },
        accessControl,
        systemChaincodes: new Map(system.map((one) => [one.name, one])),
        catalog,
        runtime,
        timeWindow: { ms: 15 * 60_000, text: '15m0s' },
        signatures: new VerifiedSignatures(),
        now: conditions.now,
    });
    const stop = async (): Promise<void> => {
        await runtime.close();
        await follower.stop();
    };
    const address = `localhost:${String(recordings.ports.peers[organisation] ?? 0)}`;
    const forgetChaincodes = (): Promise<void> => runtime.close();
    return {
        organisation,
        mspId,
        address,
        follower,
        channels,
        accessControl,
        catalog,
        endorser,
        forgetChaincodes,
        stop,
    };
}

function channelsOf({ set }: Recordings, follower: RecordedFollower): PeerChannels {
    const channel = {
        ledger: follower.ledger,
        configuration: () => trustUnrecordedSignatures(follower.configuration()),
    };
    return {
        get: (id) => (id === set.channel ? channel : undefined),
        ids: () => [set.channel],
        join: () => Promise.reject(new Error('the replay joins no channel')),
    };
}

function runtimeOf({ dial, executeTimeoutMs, startupTimeoutMs }: PeerConditions): ChaincodeRuntime {
    return new ChaincodeRuntime({
        executeTimeoutMs,
        startupTimeoutMs,
        offer,
        endpoints: {
            endpointOf: (packageId) =>
                Promise.resolve({
                    address: packageId,
                    dialTimeoutMs: startupTimeoutMs,
                    tlsRequired: false,
                    clientAuthRequired: false,
                }),
        },
        dial,
    });
}

function folderOf({ set }: Recordings, organisation: string): string {
    return `network/msp/peerOrganizations/${organisation}.${set.domain}`;
}

function peerIdentity(recordings: Recordings, organisation: string): Buffer {
    return recordedIdentity(recordings, `peer0@${organisation}`);
}

/** A serialised identity by the name that the recordings give it: `User1@authority`, `peer0@authority`. */
export function recordedIdentity(recordings: Recordings, name: string): Buffer {
    const [who = '', organisation = ''] = name.split('@');
    const { domain } = recordings.set;
    const node = who.startsWith('peer')
        ? `peers/${who}.${organisation}.${domain}`
        : `users/${who}@${organisation}.${domain}`;
    const folder = `${folderOf(recordings, organisation)}/${node}/msp/signcerts`;
    const certificate = recordings.bytes(`${folder}/${readdirSync(recordings.path(folder))[0] ?? ''}`);
    return encode(msp.SerializedIdentity, { mspid: recordings.mspId(organisation), idBytes: certificate });
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
