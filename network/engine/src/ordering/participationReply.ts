// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, ServerResponse } from 'node:http';
import { NotFoundError } from '../ledger/blocks/blockStore.js';
import { replyJson } from '../process/httpServer.js';
import { ChannelRegistryError } from './channelRegistry.js';
import { JoinBlockError } from './joinBlock.js';
import { FormError } from './multipart.js';

/** An answer other than success. */
export class HttpRefusal extends Error {
    readonly status: number;
    readonly allow: string | undefined;

    constructor(status: number, message: string, allow?: string) {
        super(message);
        this.status = status;
        this.allow = allow;
    }
}

/** Throws the refusal of a method that a path does not have. */
export function allow(method: string, methods: readonly string[]): void {
    if (!methods.includes(method)) {
        throw new HttpRefusal(405, `invalid request method: ${method}`, methods.join(', '));
    }
}

/** Throws the refusal of a client that does not take JSON. */
export function checkAccept(request: IncomingMessage): void {
    const accepted = (request.headers.accept ?? '*/*').split(',').map((type) => type.split(';')[0]?.trim());
    if (!accepted.some((type) => type === 'application/json' || type === 'application/*' || type === '*/*')) {
        throw new HttpRefusal(406, 'response Content-Type is application/json only');
    }
}

/** The refusal that an error stands for. Throws the error again when it stands for none. */
export function refusalOf(error: unknown): HttpRefusal {
    if (error instanceof HttpRefusal) {
        return error;
    }
    if (error instanceof ChannelRegistryError) {
        switch (error.kind) {
            case 'exists':
                return new HttpRefusal(405, error.message, 'GET, DELETE');
            case 'missing':
                return new HttpRefusal(404, error.message);
            case 'busy':
                return new HttpRefusal(409, error.message);
        }
    }
    if (error instanceof NotFoundError) {
        return new HttpRefusal(404, error.message);
    }
    if (error instanceof FormError || error instanceof JoinBlockError) {
        return new HttpRefusal(400, error.message);
    }
    throw error;
}

/** Sends a refusal. */
export function replyRefusal(response: ServerResponse, refusal: HttpRefusal): void {
    if (refusal.allow !== undefined) {
        response.setHeader('Allow', refusal.allow);
    }
    // The rest of a body that was refused half-way is not read.
    response.shouldKeepAlive = refusal.status !== 400;
    replyJson(response, refusal.status, { error: refusal.message });
}

/** Sends Go's redirect page. */
export function redirect(response: ServerResponse, status: number, location: string, text: string): void {
    const body = `<a href="${location}">${text}</a>.\n\n`;
    response
        .writeHead(status, {
            'Content-Type': 'text/html; charset=utf-8',
            Location: location,
            'Content-Length': body.length,
        })
        .end(body);
}
