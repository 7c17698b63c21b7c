// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { GrpcChannel } from '../process/grpcClient.js';
import type { ClientTls } from '../process/tls.js';
import { RemoteEndorser, type PeerEndorser } from './peerEndorser.js';

interface NetworkPeersOptions {
    readonly local: PeerEndorser;
    /** `host:port` under which others know this peer, to recognise it among the anchor peers. */
    readonly ownAddresses: readonly string[];
    /** The peer's own pair, shown to servers that ask; undefined when the network runs without TLS. */
    readonly clientTls: Omit<ClientTls, 'roots'> | undefined;
    readonly endorsementTimeoutMs: number;
}

/**
 * The peers of a channel. The engine has no gossip: other organisations' peers are their anchor peers in the channel
 * configuration.
 */
export class NetworkPeers {
    readonly #options: NetworkPeersOptions;
    readonly #remotes = new Map<string, RemoteEndorser>();
    readonly #members = new WeakMap<ChannelConfiguration, readonly PeerEndorser[]>();

    constructor(options: NetworkPeersOptions) {
        this.#options = options;
    }

    /** All peers of the channel, this one first. */
    membersOf(configuration: ChannelConfiguration): readonly PeerEndorser[] {
        let members = this.#members.get(configuration);
        if (members === undefined) {
            members = [this.#options.local, ...this.#anchors(configuration)];
            this.#members.set(configuration, members);
        }
        return members;
    }

    close(): void {
        for (const remote of this.#remotes.values()) remote.close();
    }

    #anchors(configuration: ChannelConfiguration): PeerEndorser[] {
        return configuration.application.organisations.flatMap(({ mspId, anchorPeers }) =>
            anchorPeers
                .map(({ host, port }) => `${host}:${String(port)}`)
                .filter((address) => !this.#options.ownAddresses.includes(address))
                .map((address) => this.#remote(address, mspId, configuration)),
        );
    }

    #remote(address: string, mspId: string, configuration: ChannelConfiguration): RemoteEndorser {
        const roots = configuration.msps.get(mspId)?.tlsAuthorities ?? [];
        const key = [address, mspId, ...roots.map((root) => root.toString('base64'))].join(' ');
        let remote = this.#remotes.get(key);
        if (remote === undefined) {
            const { clientTls, endorsementTimeoutMs } = this.#options;
            const tls = clientTls && { ...clientTls, roots };
            const connect = (): GrpcChannel => new GrpcChannel({ address, tls });
            remote = new RemoteEndorser({ address, mspId, connect }, endorsementTimeoutMs);
            this.#remotes.set(key, remote);
        }
        return remote;
    }
}
