// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { ChaincodeRuntime } from '../../../chaincode/chaincodeRuntime.js';
import { ChaincodeCatalog } from '../../../endorser/chaincodeCatalog.js';
import { Endorser } from '../../../endorser/endorser.js';
import { TraceBook } from '../../../endorser/traceBook.js';
import { TraceChaincode } from '../../../endorser/traceChaincode.js';
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
import { Distributor } from '../../../privateData/distributor.js';
import { Fetcher } from '../../../privateData/fetcher.js';
import { MemberPeers } from '../../../privateData/memberPeers.js';
import { logger } from '../../../process/logging.js';
import { errorText } from '../../../wire/errorText.js';
import { launchChaincodes } from './chaincodeLauncher.js';
import type { FollowOptions, JoinedChannel } from './joinedChannel.js';
import { JoinedChannels } from './joinedChannels.js';
import { PeerConfigurationError, type PeerConfiguration } from './peerConfiguration.js';
import { presentedCertificateHash } from './presentedCertificate.js';

/** The parts that the services share. */
export interface PeerParts {
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

/** Makes the parts and connects them; no channel is open yet and nothing listens. Throws PeerConfigurationError. */
export async function assemblePeer(
    configuration: PeerConfiguration,
    onFatal: (error: unknown) => void,
): Promise<PeerParts> {
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
