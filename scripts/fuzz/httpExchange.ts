// SPDX-License-Identifier: Apache-2.0
import { createConnection, type Socket } from 'node:net';
import { Flaw } from './service';

export interface HttpAnswer {
    /** 0 when the server closed the connection without an answer. */
    readonly status: number;
    readonly body: string;
}

const hangMs = 30_000;

/** Sends bytes that may be an HTTP request and reads what comes back until the server closes. Throws Flaw for a hang. */
export function exchange(port: number, request: Buffer): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
        const socket = createConnection({ port, host: 'localhost', noDelay: true });
        const chunks: Buffer[] = [];
        const timer = setTimeout(() => {
            socket.destroy();
            reject(new Flaw(`an HTTP server did not answer in ${String(hangMs)} ms`));
        }, hangMs);
        socket.on('data', (chunk) => chunks.push(chunk));
        // A server that has refused may close before it has read everything.
        socket.on('error', () => undefined);
        socket.on('close', () => {
            clearTimeout(timer);
            resolve(parsed(Buffer.concat(chunks)));
        });
        socket.on('connect', () => {
            send(socket, request);
        });
    });
}

/** Half-closed: an incomplete request is known to be one. */
function send(socket: Socket, request: Buffer): void {
    socket.end(request);
}

function parsed(bytes: Buffer): HttpAnswer {
    const text = bytes.toString('latin1');
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1];
    const bodyAt = text.indexOf('\r\n\r\n');
    return { status: Number(status ?? 0), body: bodyAt < 0 ? '' : text.slice(bodyAt + 4) };
}
