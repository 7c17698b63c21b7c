// SPDX-License-Identifier: Apache-2.0
import { Client, credentials, type ClientOptions } from '@grpc/grpc-js';
import { connect, hash, type Gateway } from '@hyperledger/fabric-gateway';
import { type Deadlines, defaultDeadlines } from './deadlines.js';
import { type ClientIdentity } from './identity.js';

/** A peer that serves the Gateway protocol. */
interface PeerEndpoint {
    readonly name: string;
    /** host:port */
    readonly address: string;
    /** PEM of the roots its TLS certificate chains to. */
    readonly tlsRoots: Buffer;
    /** Name to look for in its certificate when it differs from the host. */
    readonly serverName?: string;
}

/** One identity's session with one peer. */
export interface PeerSession {
    readonly peer: string;
    readonly gateway: Gateway;
    close(): void;
}

/** Fabric's servers cut off clients that ping more often than once a minute (internal/pkg/comm/config.go). */
const KEEPALIVE_MS = 120_000;
const KEEPALIVE_TIMEOUT_MS = 20_000;
/** As the peer's own limit (MaxRecvMsgSize); grpc-js would stop at 4 MiB, below a full block. */
const MESSAGE_BYTES_MAX = 100 * 1024 * 1024;

/**
 * Opens a session over TLS. The connection is made on first use and made again whenever it is lost.
 *
 * @param deadlines upper bound for every call of the session
 */
export function openSession(
    endpoint: PeerEndpoint,
    identity: ClientIdentity,
    deadlines: Deadlines = defaultDeadlines,
): PeerSession {
    const client = new Client(endpoint.address, credentials.createSsl(endpoint.tlsRoots), channelOptions(endpoint));
    const gateway = connect({
        client,
        identity,
        signer: identity.signer,
        hash: hash.none,
        evaluateOptions: () => ({ deadline: Date.now() + deadlines.evaluateMs }),
        endorseOptions: () => ({ deadline: Date.now() + deadlines.endorseMs }),
        submitOptions: () => ({ deadline: Date.now() + deadlines.submitMs }),
        commitStatusOptions: () => ({ deadline: Date.now() + deadlines.commitStatusMs }),
    });
    const close = (): void => {
        gateway.close();
        client.close();
    };
    return { peer: endpoint.name, gateway, close };
}

function channelOptions({ serverName }: PeerEndpoint): ClientOptions {
    return {
        'grpc.keepalive_time_ms': KEEPALIVE_MS,
        'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
        'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
        'grpc.max_send_message_length': MESSAGE_BYTES_MAX,
        'grpc.initial_reconnect_backoff_ms': 100,
        'grpc.max_reconnect_backoff_ms': 2_000,
        ...(serverName === undefined
            ? {}
            : { 'grpc.ssl_target_name_override': serverName, 'grpc.default_authority': serverName }),
    };
}
