// SPDX-License-Identifier: Apache-2.0
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { bareHost, listeningAddress } from './address.js';
import type { ServerTls } from './tls.js';

export interface HttpServer {
    /** `host:port` with the port in use. */
    readonly address: string;
    close(): Promise<void>;
}

/** Listens for HTTP, or HTTPS when TLS material is given. Without clientAuthRequired a certificate is asked for, not demanded. */
export async function startHttpServer(
    address: string,
    tls: ServerTls | undefined,
    listener: RequestListener,
): Promise<HttpServer> {
    const { host, port } = listeningAddress(address);
    const server = tls === undefined ? createServer(listener) : createHttpsServer(tlsOptions(tls), listener);
    // common/fabhttp/server.go
    server.requestTimeout = 10_000;
    server.timeout = 120_000;
    await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, bareHost(host), () => {
            server.off('error', reject);
            resolve();
        });
    });
    const bound = server.address() as AddressInfo;
    return {
        address: `${host}:${String(bound.port)}`,
        close: () =>
            new Promise((resolve) => {
                server.close(() => {
                    resolve();
                });
                server.closeAllConnections();
            }),
    };
}

/** Sends a JSON document; `newline` as Go's encoder ends one. */
export function replyJson(response: ServerResponse, status: number, document: unknown, newline = true): void {
    // Go's encoder escapes these three so that JSON can stand in HTML.
    const text = JSON.stringify(document).replaceAll(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
    const body = Buffer.from(newline ? `${text}\n` : text);
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
}

/** Go's answer for a path nobody serves. */
export function replyNotFound(response: ServerResponse): void {
    const body = '404 page not found\n';
    response
        .writeHead(404, {
            'Content-Type': 'text/plain; charset=utf-8',
            'X-Content-Type-Options': 'nosniff',
            'Content-Length': body.length,
        })
        .end(body);
}

/** The request's body. Throws RangeError when it is longer than the limit. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > limitBytes) {
            throw new RangeError('http: request body too large');
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

/** Whether the client showed a certificate that one of our authorities signed. */
export function isAuthenticated(socket: Socket): boolean {
    return (socket as Partial<TLSSocket>).authorized === true;
}

function tlsOptions(tls: ServerTls): object {
    return {
        cert: tls.certificate,
        key: tls.key,
        ca: [...tls.clientRoots],
        requestCert: true,
        rejectUnauthorized: tls.clientAuthRequired,
    };
}
