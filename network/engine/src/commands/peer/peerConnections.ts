// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { GrpcChannel } from '../../process/grpcClient.js';
import type { Settings } from '../../process/settings.js';
import type { ClientTls } from '../../process/tls.js';
import { errorText } from '../../wire/errorText.js';
import { sha256 } from '../../wire/hashing.js';
import { type Invocation, UsageError } from './commandLine.js';
import { type PeerTarget, profilePeers } from './connectionProfile.js';
import { dial } from './dial.js';
import { failure } from './failure.js';
import { fileErrorText } from './fileErrorText.js';

/** An open connection to a peer. */
export interface PeerConnection {
    readonly address: string;
    readonly channel: GrpcChannel;
}

const defaultTimeoutMs = 3000;

/**
 * The peers that the flags name, or the settings' own one.
 * @param context how the error of a wrong number of peers or certificates starts.
 * @throws UsageError
 */
export function peerTargets(invocation: Invocation, settings: Settings, context: string): readonly PeerTarget[] {
    try {
        return targetsOf(invocation, settings);
    } catch (error) {
        const message = errorText(error);
        // Verbs of chaincode have their command line behind them by then; those of lifecycle do not.
        const text = `${context}: ${message}`;
        throw isLifecycle(context) ? new UsageError(text) : new Error(text);
    }
}

/** Connects to a peer, with TLS where the settings say so. @throws Error with Fabric's text, which names the client. */
export async function connectPeer(
    settings: Settings,
    { address, tlsRootFile }: PeerTarget,
    client: 'endorser' | 'deliver' = 'endorser',
): Promise<PeerConnection> {
    const known = address === '' ? settings.string('peer.address') : address;
    const tls = settings.boolean('peer.tls.enabled') ? peerTls(settings, address, tlsRootFile) : undefined;
    const timeoutMs = settings.durationMs('peer.client.connTimeout') || defaultTimeoutMs;
    const channel = await dial({ address: known, tls, timeoutMs }).catch(
        failure(`${client} client failed to connect to ${known}`),
    );
    return { address: known, channel };
}

/** What a deliver request is bound to under mutual TLS: the hash of the client's certificate. Undefined without one. */
export function clientCertificateHash(settings: Settings): Buffer | undefined {
    if (!settings.boolean('peer.tls.clientAuthRequired')) {
        return undefined;
    }
    return sha256(new X509Certificate(readSetting(settings, 'peer.tls.clientCert.file')).raw);
}

const severalPeersAllowed = new Set(['invoke', 'approveformyorg', 'commit']);

function targetsOf(invocation: Invocation, settings: Settings): readonly PeerTarget[] {
    const profile = invocation.text('connectionProfile');
    const fromProfile =
        profile === '' ? [] : profilePeers(profile, invocation.text('channelID'), invocation.text('targetPeer'));
    // A flag that is not given stands for one empty entry: "from the settings".
    const addresses =
        fromProfile.length > 0 ? fromProfile.map(({ address }) => address) : (invocation.list('peerAddresses') ?? ['']);
    const roots =
        fromProfile.length > 0
            ? fromProfile.map(({ tlsRootFile }) => tlsRootFile)
            : (invocation.list('tlsRootCertFiles') ?? ['']);
    refuseSeveral(invocation.command, addresses.length);
    if (settings.boolean('peer.tls.enabled') && roots.length !== addresses.length) {
        throw new Error(
            `number of peer addresses (${String(addresses.length)}) does not match the number of TLS root cert files (${String(roots.length)})`,
        );
    }
    return addresses.map((address, index) => ({ address, tlsRootFile: roots[index] ?? '' }));
}

function refuseSeveral(command: string, count: number): void {
    if (count <= 1 || severalPeersAllowed.has(command)) {
        return;
    }
    throw new Error(
        command === 'query'
            ? `'${command}' command can only be executed against one peer. received ${String(count)}`
            : `'${command}' command supports one peer. ${String(count)} peers provided`,
    );
}

function isLifecycle(context: string): boolean {
    return context.startsWith('failed to validate');
}

function peerTls(settings: Settings, address: string, tlsRootFile: string): ClientTls {
    const serverName = settings.string('peer.tls.serverhostoverride');
    const mutual = settings.boolean('peer.tls.clientAuthRequired');
    return {
        roots: [address === '' ? readSetting(settings, 'peer.tls.rootcert.file') : readRoot(tlsRootFile)],
        ...(serverName === '' ? {} : { serverName }),
        ...(mutual
            ? {
                  certificate: readSetting(settings, 'peer.tls.clientCert.file'),
                  key: readSetting(settings, 'peer.tls.clientKey.file'),
              }
            : {}),
    };
}

function readRoot(file: string): Buffer {
    if (file === '') {
        throw new Error('tls root cert file must be set');
    }
    return readPem(file, `unable to load TLS root cert file from ${file}`);
}

function readSetting(settings: Settings, key: string): Buffer {
    return readPem(settings.path(key), `unable to load ${key}`);
}

/** @throws Error with Go's text for a missing file. */
export function readPem(file: string, context: string): Buffer {
    try {
        return readFileSync(file);
    } catch (error) {
        throw new Error(`${context}: ${fileErrorText(error, file)}`, { cause: error });
    }
}
