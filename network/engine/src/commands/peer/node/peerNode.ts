// SPDX-License-Identifier: Apache-2.0
import { ChannelPeers } from '../../../discoveryService/channelPeers.js';
import { discoveryServices } from '../../../discoveryService/discoveryService.js';
import { gatewayServices } from '../../../gatewayService/gatewayService.js';
import { enableFaults } from '../../../process/faults/faultService.js';
import { faultSwitches } from '../../../process/faults/faultSwitches.js';
import { privateDataServices } from '../../../privateData/privateDataService.js';
import { startGrpcServer } from '../../../process/grpcServer.js';
import type { ServiceTable } from '../../../process/serviceTable.js';
import { logger } from '../../../process/logging.js';
import { enableMetrics } from '../../../process/metrics.js';
import { startOperations } from '../../../process/operations.js';
import type { ServerTls } from '../../../process/tls.js';
import { engineVersion } from '../../../version.js';
import { assemblePeer, type PeerParts } from './peerAssembly.js';
import { loadPeerConfiguration } from './peerConfiguration.js';
import { deliveryServices, endorserServices, refusedServices } from './peerServices.js';

/** A running peer. */
export interface PeerNode {
    /** `host:port` of the gRPC services and of the operations endpoint. */
    readonly address: string;
    readonly operationsAddress: string;
    /** The gRPC methods it serves, for callers in the same process. */
    readonly services: ServiceTable;
    close(): Promise<void>;
}

const log = logger('nodeCmd');
const commitSha = 'embedded';

/**
 * Starts a peer as `peer node start` does. `onFatal` is told when a channel cannot go on; the process should end then.
 * Throws PeerConfigurationError, or what kept the peer from listening.
 */
export async function runPeer(env: NodeJS.ProcessEnv, onFatal: (error: unknown) => void): Promise<PeerNode> {
    const configuration = loadPeerConfiguration(env);
    if (configuration.metrics) await enableMetrics();
    const faults = enableFaults(env, 'peer', [configuration.listenAddress, configuration.operations.address]);
    const parts = await assemblePeer(configuration, onFatal);
    // What was opened is closed in the opposite order, also when the peer does not come to listen.
    const opened: (() => Promise<void>)[] = [() => closeParts(parts)];
    const close = async (): Promise<void> => {
        faultSwitches.clear();
        for (const closeOne of opened.splice(0).reverse()) await closeOne();
    };
    try {
        await parts.channels.open();
        const { operations } = configuration;
        const version = { version: engineVersion, commitSha };
        const operationsServer = await startOperations({ ...operations, version, faults });
        opened.push(() => operationsServer.close());
        const served = services(parts);
        const server = await listen(parts, served);
        opened.push(() => server.close());
        log.info(`Started peer with ID=[${configuration.mspId}], address=[${server.address}]`);
        parts.channels.follow();
        const { address: operationsAddress } = operationsServer;
        return { address: server.address, operationsAddress, services: served, close };
    } catch (error) {
        await close();
        throw error;
    }
}

function listen(parts: PeerParts, served: ServiceTable): ReturnType<typeof startGrpcServer> {
    const { listenAddress, maxReceiveBytes, maxSendBytes, keepalive, concurrency } = parts.configuration;
    return startGrpcServer({
        address: listenAddress,
        tls: serverTls(parts),
        services: served,
        maxReceiveBytes,
        maxSendBytes,
        keepalive,
        concurrency,
    });
}

async function closeParts({ runtime, peers, memberPeers, orderers, channels }: PeerParts): Promise<void> {
    await runtime.close();
    peers.close();
    memberPeers.close();
    orderers.close();
    await channels.close();
}

function services(parts: PeerParts): ServiceTable {
    const { configuration, local, channels, accessControl, catalog, peers, orderers, endorser } = parts;
    const { gateway, discovery, mspId, timeWindow, tls } = configuration;
    return {
        ...endorserServices(endorser),
        ...deliveryServices({
            channels,
            accessControl,
            timeWindowMs: timeWindow.ms,
            bindToClientCertificate: tls?.clientAuthRequired ?? false,
        }),
        ...(gateway.enabled &&
            gatewayServices({
                channels,
                accessControl,
                catalog,
                peers,
                orderers,
                mspId,
                broadcastTimeoutMs: gateway.broadcastTimeoutMs,
            })),
        ...privateDataServices({ channels, signer: local.signer, timeWindowMs: timeWindow.ms }),
        ...(discovery.enabled &&
            discoveryServices({
                channels,
                accessControl,
                catalog,
                peers: new ChannelPeers({
                    peers,
                    catalog,
                    signer: local.signer,
                    endpoint: configuration.externalEndpoint,
                }),
                membersMayAsk: discovery.membersMayAsk,
            })),
        ...refusedServices(),
    };
}

/** Client certificates may come from the configured files and from any organisation of a joined channel. */
function serverTls({ configuration: { tls }, channels }: PeerParts): ServerTls | undefined {
    if (tls?.clientAuthRequired !== true) return tls;
    const ofChannels = channels.ids().flatMap((id) => {
        const configuration = channels.get(id)?.configuration();
        return (configuration?.application.organisations ?? []).flatMap(
            ({ mspId }) => configuration?.msps.get(mspId)?.tlsAuthorities ?? [],
        );
    });
    return { ...tls, clientRoots: [...tls.clientRoots, ...ofChannels] };
}
