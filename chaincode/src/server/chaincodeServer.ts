// SPDX-License-Identifier: Apache-2.0
import { type ChaincodeInterface, type ChaincodeServerOpts, Shim } from 'fabric-shim';
import type { ServerSettings } from './serverSettings.js';

export interface RunningServer {
    /** Ends transactions in progress, then the server; at once after two seconds. */
    stop(): Promise<void>;
}

/** The part of the shim's server that it keeps private. */
interface ServerInternals {
    readonly _server: { tryShutdown(done: (error?: Error) => void): void; forceShutdown(): void };
}

const shutdownMillisecondsMax = 2_000;

/** Listens for the peer. Messages have no size limit here: the peer sets it. */
export async function startServer(chaincode: ChaincodeInterface, settings: ServerSettings): Promise<RunningServer> {
    const { tls } = settings;
    const options = {
        ccid: settings.chaincodeId,
        address: settings.address,
        'grpc.max_send_message_length': -1,
        'grpc.max_receive_message_length': -1,
        ...(tls && { tlsProps: { key: tls.key, cert: tls.cert, clientCACerts: tls.clientCaCert } }),
    };
    const server = Shim.server(chaincode, options as ChaincodeServerOpts);
    await server.start();
    return { stop: () => stop((server as unknown as ServerInternals)._server) };
}

/** A peer's stream never ends by itself, so a grace period always runs out while one is connected. */
async function stop(server: ServerInternals['_server']): Promise<void> {
    await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
            server.forceShutdown();
            resolve();
        }, shutdownMillisecondsMax);
        server.tryShutdown(() => {
            clearTimeout(timer);
            resolve();
        });
    });
}
