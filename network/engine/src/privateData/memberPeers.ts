// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { GrpcChannel } from '../process/grpcClient.js';
import type { ClientTls } from '../process/tls.js';
import type { Signer } from '../wire/envelope.js';
import { signRequest } from './signedRequest.js';

interface MemberPeersOptions {
    readonly signer: Signer;
    /** Addresses of this peer, to recognise it among the anchor peers. */
    readonly ownAddresses: readonly string[];
    /** The pair shown to other peers; undefined when the network runs without TLS. */
    readonly clientTls: Omit<ClientTls, 'roots'> | undefined;
}

/** Another peer of a channel, of this or another organisation. */
export interface MemberPeer {
    readonly address: string;
    readonly mspId: string;
    /** True for a while after the peer could not be reached. */
    readonly suspect: boolean;
    /** Sends a signed request. Throws GrpcStatus. */
    call(path: string, channelId: string, data: Buffer, deadlineMs: number): Promise<Buffer>;
}

const suspicionMs = 10_000;

/** The other peers of channels, as far as they are known: the anchor peers of the channel configuration. */
export class MemberPeers {
    readonly #options: MemberPeersOptions;
    readonly #peers = new Map<string, ConnectedPeer>();

    constructor(options: MemberPeersOptions) {
        this.#options = options;
    }

    /** Those of the organisations named. */
    of({ application, msps }: ChannelConfiguration, mspIds: ReadonlySet<string>): MemberPeer[] {
        const members = application.organisations.filter(({ mspId }) => mspIds.has(mspId));
        return members.flatMap(({ mspId, anchorPeers }) =>
            anchorPeers
                .map(({ host, port }) => `${host}:${String(port)}`)
                .filter((address) => !this.#options.ownAddresses.includes(address))
                .map((address) => this.#peer(address, mspId, msps.get(mspId)?.tlsAuthorities ?? [])),
        );
    }

    close(): void {
        for (const peer of this.#peers.values()) peer.close();
    }

    #peer(address: string, mspId: string, roots: readonly Buffer[]): ConnectedPeer {
        const key = [address, mspId, ...roots.map((root) => root.toString('base64'))].join(' ');
        let peer = this.#peers.get(key);
        if (peer === undefined) {
            const { clientTls, signer } = this.#options;
            const tls = clientTls && { ...clientTls, roots };
            peer = new ConnectedPeer(address, mspId, signer, () => new GrpcChannel({ address, tls }));
            this.#peers.set(key, peer);
        }
        return peer;
    }
}

class ConnectedPeer implements MemberPeer {
    readonly address: string;
    readonly mspId: string;
    readonly #signer: Signer;
    readonly #connect: () => GrpcChannel;
    #connection: GrpcChannel | undefined;
    #failedAt = -Infinity;

    constructor(address: string, mspId: string, signer: Signer, connect: () => GrpcChannel) {
        this.address = address;
        this.mspId = mspId;
        this.#signer = signer;
        this.#connect = connect;
    }

    get suspect(): boolean {
        return performance.now() - this.#failedAt < suspicionMs;
    }

    async call(path: string, channelId: string, data: Buffer, deadlineMs: number): Promise<Buffer> {
        this.#connection ??= this.#connect();
        const request = signRequest(this.#signer, { path, channelId, recipient: this.mspId, data });
        try {
            const answer = await this.#connection.unary(path, request, { deadlineMs });
            this.#failedAt = -Infinity;
            return answer;
        } catch (error) {
            this.#failedAt = performance.now();
            // A new connection dials at once, where this one would first wait: the peer may be back already.
            this.close();
            throw error;
        }
    }

    close(): void {
        this.#connection?.close();
        this.#connection = undefined;
    }
}
