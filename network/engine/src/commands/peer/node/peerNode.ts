// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { ChaincodeRuntime } from '../../../chaincode/chaincodeRuntime.js';
import { ChannelPeers } from '../../../discoveryService/channelPeers.js';
import { discoveryServices } from '../../../discoveryService/discoveryService.js';
import { ChaincodeCatalog } from '../../../endorser/chaincodeCatalog.js';
import { Endorser } from '../../../endorser/endorser.js';
import { TraceBook } from '../../../endorser/traceBook.js';
import { TraceChaincode } from '../../../endorser/traceChaincode.js';
import { gatewayServices } from '../../../gatewayService/gatewayService.js';
import { NetworkOrderers } from '../../../gatewayService/networkOrderers.js';
import { NetworkPeers } from '../../../gatewayService/networkPeers.js';
import { LocalEndorser } from '../../../gatewayService/peerEndorser.js';
import { loadLocalMsp, type LocalMsp } from '../../../identity/localMsp.js';
import { VerifiedSignatures } from '../../../ledger/validation/verifiedSignatures.js';
import { AccessControl } from '../../../lifecycle/accessControl.js';
import { ChaincodeEndpoints } from '../../../lifecycle/chaincodeEndpoints.js';
import { ChaincodePackages } from '../../../lifecycle/chaincodePackages.js';
import { Cscc } from '../../../lifecycle/cscc.js';
import { LifecycleChaincode } from '../../../lifecycle/lifecycleChaincode.js';
import { Qscc } from '../../../lifecycle/qscc.js';
import type { SystemChaincode } from '../../../lifecycle/systemChaincode.js';
import { enableFaults } from '../../../process/faults/faultService.js';
import { faultSwitches } from '../../../process/faults/faultSwitches.js';
import { Distributor } from '../../../privateData/distributor.js';
import { Fetcher } from '../../../privateData/fetcher.js';
import { MemberPeers } from '../../../privateData/memberPeers.js';
import { privateDataServices } from '../../../privateData/privateDataService.js';
import { startGrpcServer } from '../../../process/grpcServer.js';
import type { ServiceTable } from '../../../process/serviceTable.js';
import { logger } from '../../../process/logging.js';
import { enableMetrics } from '../../../process/metrics.js';
import { startOperations } from '../../../process/operations.js';
import type { ServerTls } from '../../../process/tls.js';
import { engineVersion } from '../../../version.js';
import { errorText } from '../../../wire/errorText.js';
import { launchChaincodes } from './chaincodeLauncher.js';
import type { FollowOptions, JoinedChannel } from './joinedChannel.js';
import { JoinedChannels } from './joinedChannels.js';
import { loadPeerConfiguration, PeerConfigurationError, type PeerConfiguration } from './peerConfiguration.js';
import { deliveryServices, endorserServices, refusedServices } from './peerServices.js';
import { presentedCertificateHash } from './presentedCertificate.js';

/** A running peer. */
export interface PeerNode {
    /** `host:port` of the gRPC services and of the operations endpoint. */
    readonly address: string;
    readonly operationsAddress: string;
    /** The gRPC methods it serves, for callers in the same process. */
    readonly services: ServiceTable;
    close(): Promise<void>;
}

/** The parts that the services share. */
interface Rooms {
    readonly configuration: PeerConfiguration;
    readonly local: LocalMsp;
    readonly channels: JoinedChannels;
    readonly packages: ChaincodePackages;
    readonly accessControl: AccessControl;
    readonly catalog: ChaincodeCatalog;
    readonly runtime: ChaincodeRuntime;
    readonly peers: NetworkPeers;
    readonly memberPeers: MemberPeers;
    readonly orderers: NetworkOrderers;
    readonly endorser: Endorser;
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
    const rooms = await assemble(configuration, onFatal);
    // What was opened is closed in the opposite order, also when the peer does not come to listen.
    const opened: (() => Promise<void>)[] = [() => closeRooms(rooms)];
    const close = async (): Promise<void> => {
        faultSwitches.clear();
        for (const closeOne of opened.splice(0).reverse()) await closeOne();
    };
    try {
        await rooms.channels.open();
        const { operations } = configuration;
        const version = { version: engineVersion, commitSha };
        const operationsServer = await startOperations({ ...operations, version, faults });
        opened.push(() => operationsServer.close());
        const served = services(rooms);
        const server = await listen(rooms, served);
        opened.push(() => server.close());
        log.info(`Started peer with ID=[${configuration.mspId}], address=[${server.address}]`);
        rooms.channels.follow();
        const { address: operationsAddress } = operationsServer;
        return { address: server.address, operationsAddress, services: served, close };
    } catch (error) {
        await close();
        throw error;
    }
}

function listen(rooms: Rooms, served: ServiceTable): ReturnType<typeof startGrpcServer> {
    const { listenAddress, maxReceiveBytes, maxSendBytes, keepalive, concurrency } = rooms.configuration;
    return startGrpcServer({
        address: listenAddress,
        tls: serverTls(rooms),
        services: served,
        maxReceiveBytes,
        maxSendBytes,
        keepalive,
        concurrency,
    });
}

async function closeRooms({ runtime, peers, memberPeers, orderers, channels }: Rooms): Promise<void> {
    await runtime.close();
    peers.close();
    memberPeers.close();
    orderers.close();
    await channels.close();
}

async function assemble(configuration: PeerConfiguration, onFatal: (error: unknown) => void): Promise<Rooms> {
    const local = loadIdentity(configuration);
    const signatures = new VerifiedSignatures();
    const { directory, mspId, clientTls, tls } = configuration;
    const packages = await openPackages(configuration);
    const runtime = newRuntime(configuration, packages);
    const { memberPeers, distributor, privateData } = privateDataParts(configuration, local);
    const channels: JoinedChannels = new JoinedChannels({
        directory: join(directory, 'ledgersData', 'chains'),
        ledger: { mspId, ...configuration.ledger },
        follow: {
            signer: local.signer,
            signatures,
            clientTls,
            tlsCertHash: tls?.clientAuthRequired === true ? presentedCertificateHash(clientTls) : undefined,
            connectTimeoutMs: configuration.ordererConnectTimeoutMs,
            addressOverrides: configuration.addressOverrides,
            witnesses: configuration.witnesses,
            privateData,
            onFatal,
        },
        onOpened: (channel) => {
            watchChaincodes(channel, catalog, runtime);
            noteCommits(channel, traces);
        },
    });
    const traces = new TraceBook();
    const catalog = new ChaincodeCatalog({
        channels,
        mspId,
        installedPackageIds: () => packages.list().map(({ packageId }) => packageId),
    });
    const accessControl = new AccessControl({ channels, localMsp: local.msp });
    const endorser = new Endorser({
        channels,
        localMsp: local.msp,
        signer: local.signer,
        accessControl,
        systemChaincodes: systemChaincodes({ channels, accessControl, packages, local, mspId, traces }),
        traces,
        catalog,
        runtime,
        timeWindow: configuration.timeWindow,
        distributor,
        signatures,
    });
    const peers = new NetworkPeers({
        local: new LocalEndorser(endorser, configuration.externalEndpoint, mspId),
        ownAddresses: configuration.ownAddresses,
        clientTls,
        endorsementTimeoutMs: configuration.gateway.endorsementTimeoutMs,
    });
    const orderers = new NetworkOrderers(clientTls);
    return {
        configuration,
        local,
        channels,
        packages,
        accessControl,
        catalog,
        runtime,
        peers,
        memberPeers,
        orderers,
        endorser,
    };
}

function openPackages({ directory, builderConfiguration }: PeerConfiguration): Promise<ChaincodePackages> {
    return ChaincodePackages.open({
        fileSystemPath: directory,
        ...(builderConfiguration !== undefined && { builderConfiguration }),
    });
}

function privateDataParts(
    { mspId, ownAddresses, clientTls, privateData }: PeerConfiguration,
    { signer }: LocalMsp,
): { memberPeers: MemberPeers; distributor: Distributor; privateData: FollowOptions['privateData'] } {
    const memberPeers = new MemberPeers({ signer, ownAddresses, clientTls });
    const fetcher = new Fetcher(memberPeers, privateData.fetchTimeoutMs);
    const distributor = new Distributor({ peers: memberPeers, mspId, ...privateData });
    return { memberPeers, distributor, privateData: { ...privateData, fetcher } };
}

function loadIdentity({ mspDirectory, mspId }: PeerConfiguration): LocalMsp {
    try {
        return loadLocalMsp(mspDirectory, mspId);
    } catch (cause) {
        const reason = errorText(cause);
        const text = `Cannot run peer because error when setting up MSP of type bccsp from directory ${mspDirectory}: ${reason}`;
        throw new PeerConfigurationError(text, { cause });
    }
}

function newRuntime({ chaincode }: PeerConfiguration, packages: ChaincodePackages): ChaincodeRuntime {
    const { executeTimeoutMs, startupTimeoutMs, ...offer } = chaincode;
    return new ChaincodeRuntime({
        executeTimeoutMs,
        startupTimeoutMs,
        endpoints: new ChaincodeEndpoints(packages),
        offer: {
            ...(offer.useWriteBatch && { useWriteBatch: true }),
            maxSizeWriteBatch: offer.maxSizeWriteBatch,
            ...(offer.useGetMultipleKeys && { useGetMultipleKeys: true }),
            maxSizeGetMultipleKeys: offer.maxSizeGetMultipleKeys,
        },
    });
}

/** How the transactions that the peer ran itself fared is part of what it remembers of them. */
function noteCommits(channel: JoinedChannel, traces: TraceBook): void {
    channel.ledger.onCommitted((block) => {
        const times = { ...channel.arrival, committedAt: performance.now() };
        traces.committed(channel.ledger.channelId, block, times);
    });
}

/** What the channel's blocks say about chaincode reaches the catalog, and the chaincode is connected to ahead of use. */
function watchChaincodes(channel: JoinedChannel, catalog: ChaincodeCatalog, runtime: ChaincodeRuntime): void {
    const launch = (): void => {
        launchChaincodes(channel, catalog, runtime).catch((error: unknown) => {
            log.warning(`could not read the chaincodes of channel ${channel.ledger.channelId}: ${String(error)}`);
        });
    };
    channel.ledger.onCommitted((block) => {
        if (catalog.blockCommitted(channel.ledger.channelId, block)) launch();
    });
    setImmediate(launch);
}

function systemChaincodes(parts: {
    channels: JoinedChannels;
    accessControl: AccessControl;
    packages: ChaincodePackages;
    local: LocalMsp;
    mspId: string;
    traces: TraceBook;
}): ReadonlyMap<string, SystemChaincode> {
    const all = [new LifecycleChaincode(parts), new Qscc(parts), new Cscc(parts), new TraceChaincode(parts)];
    return new Map(all.map((one) => [one.name, one]));
}

function services(rooms: Rooms): ServiceTable {
    const { configuration, local, channels, accessControl, catalog, peers, orderers, endorser } = rooms;
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
function serverTls({ configuration: { tls }, channels }: Rooms): ServerTls | undefined {
    if (tls?.clientAuthRequired !== true) return tls;
    const ofChannels = channels.ids().flatMap((id) => {
        const configuration = channels.get(id)?.configuration();
        return (configuration?.application.organisations ?? []).flatMap(
            ({ mspId }) => configuration?.msps.get(mspId)?.tlsAuthorities ?? [],
        );
    });
    return { ...tls, clientRoots: [...tls.clientRoots, ...ofChannels] };
}
