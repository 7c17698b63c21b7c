// SPDX-License-Identifier: Apache-2.0
import type { DialChaincode } from '../../src/chaincode/dialChaincode.js';
import { PairedStream } from '../../src/chaincode/testing/pairedStream.js';
import { endorserServices } from '../../src/commands/peer/node/peerServices.js';
import { gatewayServices } from '../../src/gatewayService/gatewayService.js';
import { OrdererBroadcast } from '../../src/gatewayService/ordererBroadcast.js';
import { LocalEndorser, RemoteEndorser, type PeerEndorser } from '../../src/gatewayService/peerEndorser.js';
import { GrpcCode, GrpcStatus } from '../../src/process/grpcStatus.js';
import type { ServiceTable, UnaryMethod } from '../../src/process/serviceTable.js';
import { encode } from '../../src/wire/decode.js';
import { orderer } from '../../src/wire/protobuf.js';
import { inProcessChaincode, recordedExecuteTimeoutMs, timeScale } from '../inProcessChaincode.js';
import type { Recordings } from '../recordings.js';
import { ReplayedNetwork } from '../replayedNetwork.js';
import { ordererReply } from '../replayedOrderer.js';
import { brokenConnection } from '../unreachableChaincode.js';
import type { ReplayedPeer } from '../replayedPeer.js';

/** What cannot be reached, by organisation; the text is what the recorded transport said of it. */
export interface Outages {
    readonly chaincodes: ReadonlyMap<string, string>;
    readonly peers: ReadonlyMap<string, string>;
    readonly orderer: string | undefined;
}

export const noOutages: Outages = { chaincodes: new Map(), peers: new Map(), orderer: undefined };

const nodeTimeoutMs = 30_000;

/** The recorded peers with their gateways. They reach each other, chaincode and orderer without sockets. */
export class ReplayedGateways {
    readonly network: ReplayedNetwork;
    readonly #recordings: Recordings;
    readonly #services: ReadonlyMap<string, ServiceTable>;
    #outages: Outages;

    private constructor(recordings: Recordings, network: ReplayedNetwork) {
        this.#recordings = recordings;
        this.network = network;
        this.#outages = noOutages;
        this.#services = new Map(network.peers.map((peer) => [peer.organisation, this.#servicesOf(peer)]));
    }

    static async start(recordings: Recordings): Promise<ReplayedGateways> {
        const outages: { of: () => Outages } = { of: () => noOutages };
        const network = await ReplayedNetwork.start(recordings, {
            dial: (organisation) => dialUnlessDown(recordings, organisation, () => outages.of()),
            executeTimeoutMs: recordedExecuteTimeoutMs / timeScale,
            startupTimeoutMs: 5_000,
        });
        const gateways = new ReplayedGateways(recordings, network);
        outages.of = () => gateways.#outages;
        return gateways;
    }

    services(organisation: string): ServiceTable {
        const found = this.#services.get(organisation);
        if (found === undefined) throw new Error(`no gateway of ${organisation} was recorded`);
        return found;
    }

    /** Streams to chaincode are made anew, as after a chaincode was stopped or started. */
    async setOutages(outages: Outages): Promise<void> {
        this.#outages = outages;
        for (const peer of this.network.peers) await peer.forgetChaincodes();
    }

    #servicesOf(peer: ReplayedPeer): ServiceTable {
        const { channels, accessControl, catalog, mspId } = peer;
        return gatewayServices({
            channels,
            accessControl,
            catalog,
            mspId,
            peers: { membersOf: () => this.#peersFor(peer) },
            orderers: { of: () => [this.#orderer()] },
            broadcastTimeoutMs: nodeTimeoutMs,
        });
    }

    /** Without memory of earlier calls; the others in random order, since Fabric prefers none of them either. */
    #peersFor(own: ReplayedPeer): PeerEndorser[] {
        const others = this.network.peers
            .filter((peer) => peer !== own)
            .map((peer) => ({ peer, order: Math.random() }))
            .sort((a, b) => a.order - b.order)
            .map(({ peer }) => peer);
        return [
            new LocalEndorser(own.endorser, own.address, own.mspId),
            ...others.map(
                (peer) =>
                    new RemoteEndorser(
                        {
                            address: peer.address,
                            mspId: peer.mspId,
                            connect: () => ({
                                unary: (path, request) => this.#callPeer(peer, path, request),
                                close: () => undefined,
                            }),
                        },
                        nodeTimeoutMs,
                    ),
            ),
        ];
    }

    async #callPeer(peer: ReplayedPeer, path: string, request: Buffer): Promise<Buffer> {
        const outage = this.#outages.peers.get(peer.organisation);
        if (outage !== undefined) throw new GrpcStatus(GrpcCode.UNAVAILABLE, outage);
        const method = endorserServices(peer.endorser)[path] as UnaryMethod;
        return method.handle(request, {
            peerAddress: 'conformance',
            clientCertificate: undefined,
            signal: new AbortController().signal,
            deadline: undefined,
        });
    }

    #orderer(): OrdererBroadcast {
        const { ports } = this.#recordings;
        return new OrdererBroadcast({
            address: `localhost:${String(ports.orderer)}`,
            mspId: this.#recordings.mspId('orderer'),
            connect: () => ({ duplex: () => this.#broadcast(), close: () => undefined }),
        });
    }

    #broadcast(): PairedStream['peer'] {
        const stream = new PairedStream();
        const { orderer: outage } = this.#outages;
        if (outage !== undefined) stream.break(new GrpcStatus(GrpcCode.UNAVAILABLE, outage));
        stream.onSent((envelope) => {
            const [peer] = this.network.peers;
            if (peer === undefined) return;
            const { status, info } = ordererReply(peer.follower.configuration(), envelope, () => this.network.now);
            stream.fromChaincode(
                encode(orderer.BroadcastResponse, { ...(status !== 0 && { status }), ...(info !== '' && { info }) }),
            );
        });
        return stream.peer;
    }
}

function dialUnlessDown(recordings: Recordings, organisation: string, outages: () => Outages): DialChaincode {
    const dials = new Map<string, DialChaincode>();
    return (endpoint) => {
        const outage = outages().chaincodes.get(organisation);
        if (outage !== undefined) return brokenConnection(outage);
        const dial = dials.get(endpoint.address) ?? inProcessChaincode(recordings, endpoint.address, organisation);
        dials.set(endpoint.address, dial);
        return dial(endpoint);
    };
}
