// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ClientTls } from '../../process/tls.js';

export interface HttpReply {
    readonly status: number;
    readonly body: Buffer;
}

export interface HttpCall {
    readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
    /** `host:port` */
    readonly orderer: string;
    readonly path: string;
    readonly tls: ClientTls | undefined;
    /** Sent as the one file of a form. */
    readonly file?: { readonly part: string; readonly name: string; readonly content: Buffer };
}

/** A request that got no answer; the text is in Go's form. */
export class TransportError extends Error {
    override readonly name = 'TransportError';
}

/** Sends one request to the channel participation API. Throws TransportError. */
export function callParticipation(call: HttpCall): Promise<HttpReply> {
    const url = new URL(`${call.tls === undefined ? 'http' : 'https'}://${call.orderer}${call.path}`);
    const form = call.file && multipartForm(call.file);
    const options = {
        method: call.method,
        headers: form && { 'Content-Type': form.contentType, 'Content-Length': form.body.length },
        ...(call.tls && { ca: [...call.tls.roots], cert: call.tls.certificate, key: call.tls.key }),
    } as RequestOptions;
    return new Promise((resolve, reject) => {
        const fail = (error: Error): void => {
            reject(new TransportError(`${goVerb(call.method)} "${url.href}": ${causeText(error)}`));
        };
        const onReply = (reply: IncomingMessage): void => {
            const chunks: Buffer[] = [];
            reply.on('data', (chunk: Buffer) => chunks.push(chunk));
            reply.on('error', fail);
            reply.on('end', () => {
                resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(chunks) });
            });
        };
        const request =
            call.tls === undefined ? httpRequest(url, options, onReply) : httpsRequest(url, options, onReply);
        request.on('error', fail);
        request.end(form?.body);
    });
}

function multipartForm({ part, name, content }: NonNullable<HttpCall['file']>): { contentType: string; body: Buffer } {
    const boundary = randomUUID();
    const head =
        `--${boundary}\r\nContent-Disposition: form-data; name="${part}"; filename="${name}"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n';
    return {
        contentType: `multipart/form-data; boundary=${boundary}`,
        body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    };
}

/** Go names the method `Get`, `Post`, … in a url.Error. */
function goVerb(method: string): string {
    return `${method.slice(0, 1)}${method.slice(1).toLowerCase()}`;
}

interface SystemError extends Error {
    readonly code?: string;
    readonly address?: string;
    readonly port?: number;
}

function causeText(error: Error): string {
    // One attempt per address of the host: Go reports one of them.
    const attempts = error instanceof AggregateError ? (error.errors as SystemError[]) : [error as SystemError];
    const cause = attempts.find((attempt) => attempt.address?.includes('.') === true) ?? attempts[0] ?? error;
    const { code, address, port, message } = cause as SystemError;
    return code === 'ECONNREFUSED' ? `dial tcp ${address ?? ''}:${String(port)}: connect: connection refused` : message;
}
