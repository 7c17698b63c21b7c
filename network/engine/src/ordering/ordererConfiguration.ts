// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';
import { Settings, SettingsError } from '../process/settings.js';
import { loadServerTls, TlsFileError, type ServerTls } from '../process/tls.js';

/** What orderer.yaml and ORDERER_* say, as far as the engine follows it. */
export interface OrdererConfiguration {
    /** `host:port` of the gRPC services. */
    readonly listenAddress: string;
    readonly tls: ServerTls;
    readonly maxReceiveBytes: number;
    readonly maxSendBytes: number;
    readonly keepalive: { readonly intervalMs: number; readonly timeoutMs: number };
    readonly localMspDirectory: string;
    readonly localMspId: string;
    readonly timeWindowMs: number;
    readonly ignoreExpiry: boolean;
    readonly ledgerDirectory: string;
    readonly admin: { readonly address: string; readonly tls: ServerTls | undefined };
    readonly maxJoinBodyBytes: number;
    readonly operations: { readonly address: string; readonly tls: ServerTls | undefined };
    readonly metrics: boolean;
}

/** A configuration that an orderer cannot start with, and the exit code Fabric's ends with. */
export class OrdererConfigurationError extends Error {
    override readonly name = 'OrdererConfigurationError';
    readonly exitCode: number;

    constructor(message: string, exitCode = 1) {
        super(message);
        this.exitCode = exitCode;
    }
}

/** orderer/common/localconfig/config.go, Defaults. */
const defaults = {
    'General.ListenAddress': '127.0.0.1',
    'General.ListenPort': 7050,
    'General.BootstrapMethod': 'none',
    'General.Keepalive.ServerInterval': '7200s',
    'General.Keepalive.ServerTimeout': '20s',
    'General.MaxRecvMsgSize': 104_857_600,
    'General.MaxSendMsgSize': 104_857_600,
    'General.LocalMSPDir': 'msp',
    'General.LocalMSPID': 'SampleOrg',
    'General.Authentication.TimeWindow': '15m',
    'FileLedger.Location': '/var/hyperledger/production/orderer',
    'Operations.ListenAddress': '127.0.0.1:0',
    'Metrics.Provider': 'disabled',
    'ChannelParticipation.MaxRequestBodySize': '1 MB',
    'Admin.ListenAddress': '127.0.0.1:0',
} as const;

/** Reads and checks the configuration. Throws OrdererConfigurationError. */
export function loadOrdererConfiguration(env: NodeJS.ProcessEnv): OrdererConfiguration {
    try {
        return read(Settings.load({ name: 'orderer', prefix: 'ORDERER', env, defaults }));
    } catch (error) {
        if (error instanceof SettingsError) {
            throw new OrdererConfigurationError(`failed to parse config: ${error.message}`);
        }
        if (error instanceof TlsFileError) {
            throw new OrdererConfigurationError(error.message);
        }
        throw error;
    }
}

function read(settings: Settings): OrdererConfiguration {
    refuseUnsupported(settings);
    return {
        listenAddress: `${settings.string('General.ListenAddress')}:${settings.string('General.ListenPort')}`,
        tls: generalTls(settings),
        maxReceiveBytes: settings.number('General.MaxRecvMsgSize'),
        maxSendBytes: settings.number('General.MaxSendMsgSize'),
        keepalive: {
            intervalMs: settings.durationMs('General.Keepalive.ServerInterval'),
            timeoutMs: settings.durationMs('General.Keepalive.ServerTimeout'),
        },
        localMspDirectory: settings.path('General.LocalMSPDir'),
        localMspId: settings.string('General.LocalMSPID'),
        timeWindowMs: settings.durationMs('General.Authentication.TimeWindow'),
        ignoreExpiry: settings.boolean('General.Authentication.NoExpirationChecks'),
        ledgerDirectory: settings.path('FileLedger.Location'),
        admin: { address: settings.string('Admin.ListenAddress'), tls: adminTls(settings) },
        maxJoinBodyBytes: settings.bytes('ChannelParticipation.MaxRequestBodySize'),
        operations: { address: settings.string('Operations.ListenAddress'), tls: httpTls(settings, 'Operations') },
        metrics: settings.string('Metrics.Provider') === 'prometheus',
    };
}

function refuseUnsupported(settings: Settings): void {
    const method = settings.string('General.BootstrapMethod');
    if (method === 'file') {
        throw new OrdererConfigurationError(
            "Bootstrap method: 'file' is forbidden, since system channel is no longer supported",
            2,
        );
    }
    if (method !== 'none') {
        throw new OrdererConfigurationError(`Unknown bootstrap method: ${method}`, 2);
    }
    if (settings.string('General.BCCSP.Default').toUpperCase() === 'PKCS11') {
        throw new OrdererConfigurationError('the embedded engine does not support General.BCCSP.Default PKCS11');
    }
    if (settings.string('Metrics.Provider') === 'statsd') {
        throw new OrdererConfigurationError('the embedded engine does not support Metrics.Provider statsd');
    }
}

function generalTls(settings: Settings): ServerTls {
    if (!settings.boolean('General.TLS.Enabled')) {
        throw new OrdererConfigurationError('TLS is required for running ordering nodes of cluster type.');
    }
    return loadServerTls({
        certificateFile: settings.path('General.TLS.Certificate'),
        keyFile: settings.path('General.TLS.PrivateKey'),
        clientRootFiles: settings.paths('General.TLS.ClientRootCAs'),
        clientAuthRequired: settings.boolean('General.TLS.ClientAuthRequired'),
    });
}

function adminTls(settings: Settings): ServerTls | undefined {
    if (settings.boolean('Admin.TLS.Enabled') && !settings.boolean('Admin.TLS.ClientAuthRequired')) {
        throw new OrdererConfigurationError(
            'Admin.TLS.ClientAuthRequired must be set to true if Admin.TLS.Enabled is set to true',
            2,
        );
    }
    return httpTls(settings, 'Admin');
}

/** Fabric does not translate the paths of these two sections: relative ones start at the working directory. */
function httpTls(settings: Settings, section: 'Admin' | 'Operations'): ServerTls | undefined {
    const key = (name: string): string => `${section}.TLS.${name}`;
    if (!settings.boolean(key('Enabled'))) {
        return undefined;
    }
    return loadServerTls({
        certificateFile: resolve(settings.string(key('Certificate'))),
        keyFile: resolve(settings.string(key('PrivateKey'))),
        clientRootFiles: settings.list(key('ClientRootCAs')).map((file) => resolve(file)),
        clientAuthRequired: settings.boolean(key('ClientAuthRequired')),
    });
}
