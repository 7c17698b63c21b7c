// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { Settings, SettingsError } from '../../../process/settings.js';
import { loadServerTls, TlsFileError, type ClientTls, type ServerTls } from '../../../process/tls.js';

/** What core.yaml and CORE_* say, as far as the engine follows it. */
export interface PeerConfiguration {
    /** `host:port` of the gRPC services. */
    readonly listenAddress: string;
    /** Addresses under which others know the peer. */
    readonly ownAddresses: readonly string[];
    /** peer.gossip.externalEndpoint, which error details show; '' when unset. */
    readonly externalEndpoint: string;
    readonly tls: ServerTls | undefined;
    /** The pair that the peer shows to orderers and other peers. */
    readonly clientTls: Omit<ClientTls, 'roots'> | undefined;
    readonly mspDirectory: string;
    readonly mspId: string;
    /** peer.fileSystemPath */
    readonly directory: string;
    readonly timeWindow: { readonly ms: number; readonly text: string };
    readonly maxReceiveBytes: number;
    readonly maxSendBytes: number;
    readonly keepalive: { readonly intervalMs: number; readonly timeoutMs: number };
    /** Calls at once by service; 0 is no limit. */
    readonly concurrency: Readonly<Record<string, number>>;
    /** Whether the peer answers who the channel's peers are, and whether members may ask without a channel. */
    readonly discovery: { readonly enabled: boolean; readonly membersMayAsk: boolean };
    readonly gateway: {
        readonly enabled: boolean;
        readonly endorsementTimeoutMs: number;
        readonly broadcastTimeoutMs: number;
    };
    readonly chaincode: {
        readonly executeTimeoutMs: number;
        readonly startupTimeoutMs: number;
        readonly useWriteBatch: boolean;
        readonly maxSizeWriteBatch: number;
        readonly useGetMultipleKeys: boolean;
        readonly maxSizeGetMultipleKeys: number;
    };
    readonly ordererConnectTimeoutMs: number;
    readonly privateData: PrivateDataConfiguration;
    readonly addressOverrides: ReadonlyMap<string, string>;
    /** ledger.witnesses: peers, `host:port`, whose blocks are compared with the own ones. Fabric has no such setting. */
    readonly witnesses: readonly string[];
    readonly ledger: { readonly totalQueryLimit: number; readonly historyEnabled: boolean };
    readonly operations: { readonly address: string; readonly tls: ServerTls | undefined };
    readonly metrics: boolean;
    /** CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG: values for the templates in connection.json. */
    readonly builderConfiguration: string | undefined;
}

/** peer.gossip.pvtData, as far as it makes sense without gossip. */
interface PrivateDataConfiguration {
    readonly pushTimeoutMs: number;
    /** False when pullRetryThreshold is 0. */
    readonly fetchAtCommit: boolean;
    /** How long one peer may take to answer. */
    readonly fetchTimeoutMs: number;
    readonly reconciliation: { readonly intervalMs: number; readonly batchSize: number } | undefined;
    readonly implicit: { readonly requiredPeerCount: number; readonly maximumPeerCount: number };
}

/** A configuration that a peer cannot start with. */
export class PeerConfigurationError extends Error {
    override readonly name = 'PeerConfigurationError';
}

const defaults = {
    'peer.listenAddress': '0.0.0.0:7051',
    'peer.address': '0.0.0.0:7051',
    'peer.mspConfigPath': 'msp',
    'peer.fileSystemPath': '/var/hyperledger/production',
    'peer.authentication.timewindow': '15m',
    'peer.maxRecvMsgSize': 104_857_600,
    'peer.maxSendMsgSize': 104_857_600,
    'peer.keepalive.interval': '7200s',
    'peer.keepalive.timeout': '20s',
    'peer.gateway.enabled': true,
    'peer.gateway.endorsementTimeout': '10s',
    'peer.gateway.broadcastTimeout': '10s',
    'peer.deliveryclient.connTimeout': '3s',
    'peer.gossip.pvtData.pullRetryThreshold': '60s',
    'peer.gossip.pvtData.pushAckTimeout': '3s',
    'peer.gossip.pvtData.reconcileBatchSize': 10,
    'peer.gossip.pvtData.reconcileSleepInterval': '1m',
    'peer.gossip.pvtData.reconciliationEnabled': true,
    'peer.gossip.pvtData.implicitCollectionDisseminationPolicy.requiredPeerCount': 0,
    'peer.gossip.pvtData.implicitCollectionDisseminationPolicy.maxPeerCount': 1,
    'chaincode.executetimeout': '30s',
    'chaincode.startuptimeout': '300s',
    'ledger.state.totalQueryLimit': 10_000,
    'ledger.history.enableHistoryDatabase': true,
    'operations.listenAddress': '127.0.0.1:9443',
    'metrics.provider': 'disabled',
} as const;

const defaultBatchSize = 1_000;
const shortestExecuteTimeoutMs = 1_000;
const defaultExecuteTimeoutMs = 30_000;
const shortestStartupTimeoutMs = 5_000;
/** A commit waits for one peer's private data no longer; reconciliation asks again. */
const longestFetchMs = 2_000;

/** Reads and checks the configuration. Throws PeerConfigurationError. */
export function loadPeerConfiguration(env: NodeJS.ProcessEnv): PeerConfiguration {
    try {
        const settings = Settings.load({ name: 'core', prefix: 'CORE', env, defaults });
        refuseUnsupported(settings);
        return read(settings, env);
    } catch (error) {
        if (error instanceof SettingsError || error instanceof TlsFileError) {
            throw new PeerConfigurationError(error.message, { cause: error });
        }
        throw error;
    }
}

function read(settings: Settings, env: NodeJS.ProcessEnv): PeerConfiguration {
    const tlsEnabled = settings.boolean('peer.tls.enabled');
    const timeWindow = settings.string('peer.authentication.timewindow');
    const externalEndpoint = settings.string('peer.gossip.externalEndpoint');
    const builderConfiguration = env.CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG;
    return {
        listenAddress: settings.string('peer.listenAddress'),
        ownAddresses: [externalEndpoint, settings.string('peer.address')].filter((address) => address !== ''),
        externalEndpoint,
        tls: tlsEnabled ? serverTls(settings, 'peer.tls') : undefined,
        clientTls: tlsEnabled ? clientPair(settings) : undefined,
        mspDirectory: settings.path('peer.mspConfigPath'),
        mspId: localMspId(settings),
        directory: settings.path('peer.fileSystemPath'),
        timeWindow: { ms: settings.durationMs('peer.authentication.timewindow'), text: goDurationText(timeWindow) },
        maxReceiveBytes: settings.number('peer.maxRecvMsgSize'),
        maxSendBytes: settings.number('peer.maxSendMsgSize'),
        keepalive: {
            intervalMs: settings.durationMs('peer.keepalive.interval'),
            timeoutMs: settings.durationMs('peer.keepalive.timeout'),
        },
        concurrency: {
            '/protos.Endorser': settings.number('peer.limits.concurrency.endorserService'),
            '/protos.Deliver': settings.number('peer.limits.concurrency.deliverService'),
            '/gateway.Gateway': settings.number('peer.limits.concurrency.gatewayService'),
        },
        gateway: {
            enabled: settings.boolean('peer.gateway.enabled'),
            endorsementTimeoutMs: settings.durationMs('peer.gateway.endorsementTimeout'),
            broadcastTimeoutMs: settings.durationMs('peer.gateway.broadcastTimeout'),
        },
        discovery: {
            enabled: settings.boolean('peer.discovery.enabled'),
            membersMayAsk: settings.boolean('peer.discovery.orgMembersAllowedAccess'),
        },
        chaincode: chaincodeSettings(settings),
        ordererConnectTimeoutMs: settings.durationMs('peer.deliveryclient.connTimeout'),
        privateData: privateDataSettings(settings),
        addressOverrides: addressOverrides(settings),
        witnesses: witnesses(settings),
        ledger: {
            totalQueryLimit: settings.number('ledger.state.totalQueryLimit'),
            historyEnabled: settings.boolean('ledger.history.enableHistoryDatabase'),
        },
        operations: {
            address: settings.string('operations.listenAddress'),
            tls: settings.boolean('operations.tls.enabled') ? serverTls(settings, 'operations.tls') : undefined,
        },
        metrics: settings.string('metrics.provider').toLowerCase() === 'prometheus',
        builderConfiguration,
    };
}

function chaincodeSettings(settings: Settings): PeerConfiguration['chaincode'] {
    const executeTimeoutMs = settings.durationMs('chaincode.executetimeout');
    return {
        // core/chaincode/config.go: less than a second counts as not set.
        executeTimeoutMs: executeTimeoutMs < shortestExecuteTimeoutMs ? defaultExecuteTimeoutMs : executeTimeoutMs,
        startupTimeoutMs: Math.max(settings.durationMs('chaincode.startuptimeout'), shortestStartupTimeoutMs),
        useWriteBatch: settings.boolean('chaincode.runtimeParams.useWriteBatch'),
        maxSizeWriteBatch: settings.number('chaincode.runtimeParams.maxSizeWriteBatch') || defaultBatchSize,
        useGetMultipleKeys: settings.boolean('chaincode.runtimeParams.useGetMultipleKeys'),
        maxSizeGetMultipleKeys: settings.number('chaincode.runtimeParams.maxSizeGetMultipleKeys') || defaultBatchSize,
    };
}

function privateDataSettings(settings: Settings): PrivateDataConfiguration {
    const prefix = 'peer.gossip.pvtData';
    const retryMs = settings.durationMs(`${prefix}.pullRetryThreshold`);
    const implicit = `${prefix}.implicitCollectionDisseminationPolicy` as const;
    return {
        pushTimeoutMs: settings.durationMs(`${prefix}.pushAckTimeout`),
        fetchAtCommit: retryMs > 0,
        fetchTimeoutMs: retryMs > 0 ? Math.min(retryMs, longestFetchMs) : longestFetchMs,
        reconciliation: settings.boolean(`${prefix}.reconciliationEnabled`)
            ? {
                  intervalMs: settings.durationMs(`${prefix}.reconcileSleepInterval`),
                  batchSize: settings.number(`${prefix}.reconcileBatchSize`),
              }
            : undefined,
        implicit: {
            requiredPeerCount: settings.number(`${implicit}.requiredPeerCount`),
            maximumPeerCount: settings.number(`${implicit}.maxPeerCount`),
        },
    };
}

function serverTls(settings: Settings, prefix: 'peer.tls' | 'operations.tls'): ServerTls {
    const clientAuthRequired = settings.boolean(`${prefix}.clientAuthRequired`);
    const roots = settings
        .paths(`${prefix}.clientRootCAs.files`)
        .filter((file) => clientAuthRequired || existsSync(file));
    return loadServerTls({
        certificateFile: settings.path(`${prefix}.cert.file`),
        keyFile: settings.path(`${prefix}.key.file`),
        clientRootFiles: roots,
        clientAuthRequired,
    });
}

/** peer.tls.clientCert and clientKey, else the server's own pair (core/peer/config.go). */
function clientPair(settings: Settings): Omit<ClientTls, 'roots'> {
    const certificate = settings.path('peer.tls.clientCert.file') || settings.path('peer.tls.cert.file');
    const key = settings.path('peer.tls.clientKey.file') || settings.path('peer.tls.key.file');
    return { certificate: readFileSync(certificate), key: readFileSync(key) };
}

function localMspId(settings: Settings): string {
    const mspId = settings.string('peer.localMspId');
    if (mspId === '') throw new PeerConfigurationError('the local MSP must have an ID');
    return mspId;
}

/** peer.deliveryclient.addressOverrides: orderers to be reached under another address, for networks behind a tunnel. */
function addressOverrides(settings: Settings): ReadonlyMap<string, string> {
    const listed = settings.raw('peer.deliveryclient.addressOverrides');
    const overrides = new Map<string, string>();
    for (const item of Array.isArray(listed) ? listed : []) {
        const { from, to } = item as { readonly from?: unknown; readonly to?: unknown };
        if (typeof from === 'string' && typeof to === 'string') overrides.set(from, to);
    }
    return overrides;
}

function witnesses(settings: Settings): readonly string[] {
    const addresses = settings.list('ledger.witnesses');
    const wrong = addresses.find((address) => !/^[^\s:]+:\d{1,5}$/.test(address));
    if (wrong !== undefined) {
        throw new PeerConfigurationError(`ledger.witnesses names host:port of other peers, which ${wrong} is not`);
    }
    return addresses;
}

function refuseUnsupported(settings: Settings): void {
    const database = settings.string('ledger.state.stateDatabase');
    if (database !== '' && database !== 'goleveldb') {
        throw new PeerConfigurationError(
            `ledger.state.stateDatabase ${database} is not supported by this engine: use goleveldb, or Hyperledger Fabric`,
        );
    }
    const provider = settings.string('peer.BCCSP.Default');
    if (provider !== '' && provider !== 'SW') {
        throw new PeerConfigurationError(
            `peer.BCCSP.Default ${provider} is not supported by this engine: use SW, or Hyperledger Fabric`,
        );
    }
}

/** `15m` as Go prints it, `15m0s`. */
function goDurationText(text: string): string {
    if (/^\d+m$/.test(text)) return `${text}0s`;
    return /^\d+h$/.test(text) ? `${text}0m0s` : text;
}
