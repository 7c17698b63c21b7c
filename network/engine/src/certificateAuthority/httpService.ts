// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { diskAdvice } from '../process/diskAdvice.js';
import { errorText } from '../wire/errorText.js';
import { CaError } from './caError.js';
import type { CertificateAuthority } from './certificateAuthority.js';
import { route } from './endpoints/router.js';
import { goJson } from './goJson.js';
import type { CaRequest, CaResponse } from './request.js';

/** The largest body taken. A registration with hundreds of attributes stays far below. */
const bodyBytesMax = 1024 * 1024;

/** Serves Fabric CA's REST interface: JSON envelopes with a result and coded errors. */
export const httpService =
    (ca: CertificateAuthority): RequestListener =>
    (message, response) => {
        answer(ca, message, response).catch((error: unknown) => {
            // Only a connection that broke while it was written to ends here.
            ca.log.warning(`${message.method ?? ''} ${message.url ?? ''}: ${errorText(error)}`);
            response.destroy();
        });
    };

const answer = async (ca: CertificateAuthority, message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: target = '' } = message;
    const path = target.split('?')[0] ?? '';
    const routed = route(method, path);
    if (routed.kind === 'notFound') {
        response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
        response.end('404 page not found\n');
        return;
    }
    try {
        if (routed.kind === 'methodNotAllowed')
            throw new CaError('methodNotAllowed', `Method ${method} is not allowed`);
        const request = await readRequest(message, method, target, routed.name);
        const answered = await routed.endpoint(ca, request);
        logRequest(ca, message, answered.status, 0, 'OK');
        sendResult(response, answered, method);
    } catch (error) {
        const advice = diskAdvice(error);
        if (advice !== '') ca.log.error(`cannot write the registry: ${errorText(error)}.${advice}`);
        const refused = error instanceof CaError ? error : new CaError('unclassified', errorText(error));
        logRequest(ca, message, refused.status, refused.code, refused.detail);
        sendError(response, refused);
    }
};

const readRequest = async (
    message: IncomingMessage,
    method: string,
    target: string,
    name: string,
): Promise<CaRequest> => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of message as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > bodyBytesMax) {
            throw new CaError('unreadableBody', 'Failed reading request body: http: request body too large');
        }
        chunks.push(chunk);
    }
    const query = new URLSearchParams(target.split('?').slice(1).join('?'));
    const { authorization } = message.headers;
    return { method, target, name, query, authorization, body: Buffer.concat(chunks) };
};

// Go's JSON encoder ends every value with a line feed, inside the envelope too.
const sendResult = (response: ServerResponse, { status, result, location }: CaResponse, method: string): void => {
    const headers = { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) };
    response.writeHead(status, headers);
    const body = `{"result":${goJson(result)}\n,"errors":[],"messages":[],"success":true}`;
    response.end(method === 'HEAD' ? undefined : body);
};

const sendError = (response: ServerResponse, { status, code, message }: CaError): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    const error = goJson({ code, message });
    response.end(`{"result":"","errors":[${error}\n],"messages":[],"success":false}`);
};

const logRequest = (
    ca: CertificateAuthority,
    { socket, method, url }: IncomingMessage,
    status: number,
    code: number,
    text: string,
): void => {
    const from = `${socket.remoteAddress ?? ''}:${String(socket.remotePort ?? 0)}`;
    ca.log.info(`${from} ${method ?? ''} ${url ?? ''} ${String(status)} ${String(code)} ${JSON.stringify(text)}`);
};
