// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { GrpcChannel } from '../process/grpcClient.js';
import type { ClientTls } from '../process/tls.js';
import { OrdererBroadcast } from './ordererBroadcast.js';

/** The orderers that channel configurations name, one connection each. */
export class NetworkOrderers {
    readonly #clientTls: Omit<ClientTls, 'roots'> | undefined;
    readonly #orderers = new Map<string, OrdererBroadcast>();

    /** `clientTls`: the peer's own pair; undefined when the network runs without TLS. */
    constructor(clientTls: Omit<ClientTls, 'roots'> | undefined) {
        this.#clientTls = clientTls;
    }

    /** Orderers of the channel in random order, so that peers spread their load. */
    of({ orderer, msps }: ChannelConfiguration): OrdererBroadcast[] {
        const all = orderer.organisations.flatMap(({ mspId, endpoints }) =>
            endpoints.map((address) => this.#orderer(address, mspId, msps.get(mspId)?.tlsAuthorities ?? [])),
        );
        return all
            .map((one) => ({ one, order: Math.random() }))
            .sort((a, b) => a.order - b.order)
            .map(({ one }) => one);
    }

    close(): void {
        for (const orderer of this.#orderers.values()) orderer.close();
    }

    #orderer(address: string, mspId: string, roots: readonly Buffer[]): OrdererBroadcast {
        const key = [address, mspId, ...roots.map((root) => root.toString('base64'))].join(' ');
        let orderer = this.#orderers.get(key);
        if (orderer === undefined) {
            const tls = this.#clientTls && { ...this.#clientTls, roots };
            orderer = new OrdererBroadcast({ address, mspId, connect: () => new GrpcChannel({ address, tls }) });
            this.#orderers.set(key, orderer);
        }
        return orderer;
    }
}
