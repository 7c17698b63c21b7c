// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import type { GrpcChannel } from '../../process/grpcClient.js';
import type { Settings } from '../../process/settings.js';
import type { ClientTls } from '../../process/tls.js';
import { Status, statusName } from '../../wire/codes.js';
import { decode, encode } from '../../wire/decode.js';
import { sha256 } from '../../wire/hashing.js';
import { common, orderer } from '../../wire/protobuf.js';
import type { Invocation } from './commandLine.js';
import { dial } from './dial.js';
import { readPem } from './peerConnections.js';
import { failure } from './failure.js';
import { grpcErrorText } from './grpcErrorText.js';

/** Connects to an orderer with the TLS that the flags describe. @throws Error with Fabric's text. */
export async function connectOrderer(
    invocation: Invocation,
    settings: Settings,
    address: string,
): Promise<GrpcChannel> {
    const tls = invocation.boolean('tls') ? ordererTls(invocation, settings) : undefined;
    return dial({ address, tls, timeoutMs: invocation.durationMs('connTimeout') }).catch(
        failure(`orderer client failed to connect to ${address}`),
    );
}

/** The hash of the client's TLS certificate, which requests to the orderer carry under mutual TLS. */
export function ordererCertificateHash(invocation: Invocation, settings: Settings): Buffer | undefined {
    if (!invocation.boolean('clientauth')) {
        return undefined;
    }
    return sha256(new X509Certificate(flagFile(invocation, settings, 'certfile', 'orderer.tls.clientCert.file')).raw);
}

/** Sends a transaction to each of the orderers. @throws Error unless all of them take it. */
export async function broadcast(orderers: readonly GrpcChannel[], envelope: common.Envelope): Promise<void> {
    const bytes = encode(common.Envelope, envelope);
    await Promise.all(orderers.map((channel) => broadcastTo(channel, bytes)));
}

async function broadcastTo(channel: GrpcChannel, envelope: Buffer): Promise<void> {
    const stream = channel.duplex('/orderer.AtomicBroadcast/Broadcast');
    try {
        await stream.send(envelope);
        for await (const bytes of stream) {
            const { status, info } = decode(orderer.BroadcastResponse, bytes, 'BroadcastResponse');
            if (status !== Status.SUCCESS) {
                throw new Error(`got unexpected status: ${statusName(status)} -- ${info}`);
            }
            return;
        }
        throw new Error('EOF');
    } catch (error) {
        throw new Error(grpcErrorText(error), { cause: error });
    } finally {
        stream.cancel();
    }
}

function ordererTls(invocation: Invocation, settings: Settings): ClientTls {
    const serverName = invocation.text('ordererTLSHostnameOverride');
    return {
        roots: [flagFile(invocation, settings, 'cafile', 'orderer.tls.rootcert.file')],
        ...(serverName === '' ? {} : { serverName }),
        ...(invocation.boolean('clientauth')
            ? {
                  certificate: flagFile(invocation, settings, 'certfile', 'orderer.tls.clientCert.file'),
                  key: flagFile(invocation, settings, 'keyfile', 'orderer.tls.clientKey.file'),
              }
            : {}),
    };
}

// These flags count as settings: relative ones start at core.yaml's folder, not at the working directory.
function flagFile(invocation: Invocation, settings: Settings, flag: string, setting: string): Buffer {
    const file = invocation.text(flag);
    const path = file === '' || isAbsolute(file) ? file : join(settings.directory, file);
    return readPem(path, `failed to load config for OrdererClient: unable to load ${setting}`);
}
