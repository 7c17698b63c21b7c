// SPDX-License-Identifier: Apache-2.0
import { connect } from 'node:net';
import { GrpcChannel } from '../../process/grpcClient.js';
import type { ClientTls } from '../../process/tls.js';

interface DialOptions {
    readonly address: string;
    readonly tls?: ClientTls | undefined;
    readonly timeoutMs: number;
}

/**
 * Connects before anything is sent, as Fabric's clients do, so that a wrong address or certificate shows at once.
 * @throws Error with Fabric's text (internal/pkg/comm/config.go).
 */
export async function dial({ address, tls, timeoutMs }: DialOptions): Promise<GrpcChannel> {
    const deadline = Date.now() + timeoutMs;
    await reach(address, timeoutMs);
    const channel = new GrpcChannel({ address, tls });
    try {
        await channel.waitForReady(Math.max(1, deadline - Date.now()));
    } catch {
        channel.close();
        throw deadlineExceeded();
    }
    return channel;
}

// gRPC retries a refused connection until the deadline; a plain connection tells at once.
function reach(address: string, timeoutMs: number): Promise<void> {
    const { host, port } = splitAddress(address);
    return new Promise((resolve, reject) => {
        const socket = connect({ host, port, timeout: timeoutMs });
        socket.once('connect', () => {
            socket.destroy();
            resolve();
        });
        socket.once('timeout', () => {
            socket.destroy();
            reject(deadlineExceeded());
        });
        socket.once('error', (error: NodeJS.ErrnoException) => {
            reject(
                new Error(`failed to create new connection: connection error: desc = "${dialText(error, address)}"`),
            );
        });
    });
}

function splitAddress(address: string): { host: string; port: number } {
    const colon = address.lastIndexOf(':');
    return { host: address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(address.slice(colon + 1)) };
}

function dialText(error: NodeJS.ErrnoException, address: string): string {
    // A name with several addresses fails once for each: the last attempt is the one Go reports.
    const [last] = error instanceof AggregateError ? (error.errors.slice(-1) as NodeJS.ErrnoException[]) : [error];
    const {
        code,
        address: tried,
        port,
    } = (last ?? error) as NodeJS.ErrnoException & { address?: string; port?: number };
    const target = tried === undefined ? address : `${tried}:${String(port)}`;
    const reason =
        code === 'ECONNREFUSED' ? 'connect: connection refused' : code === 'ENOTFOUND' ? 'no such host' : error.message;
    return `transport: error while dialing: dial tcp ${target}: ${reason}`;
}

function deadlineExceeded(): Error {
    return new Error('failed to create new connection: context deadline exceeded');
}
