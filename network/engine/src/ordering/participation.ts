// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, replyJson, replyNotFound, startHttpServer, type HttpServer } from '../process/httpServer.js';
import { logger } from '../process/logging.js';
import type { ServerTls } from '../process/tls.js';
import { MalformedMessageError } from '../wire/decode.js';
import type { ChannelRegistry } from './channelRegistry.js';
import { FormError, multipartBoundary, onlyFilePart } from './multipart.js';
import type { OrderedChannel } from './orderedChannel.js';
import { allow, checkAccept, HttpRefusal, redirect, refusalOf, replyRefusal } from './participationReply.js';

export interface ParticipationOptions {
    readonly address: string;
    /** With mutual TLS any verified client certificate may do everything; without TLS there is no authentication. */
    readonly tls?: ServerTls | undefined;
    readonly registry: ChannelRegistry;
    /** ChannelParticipation.MaxRequestBodySize */
    readonly maxBodyBytes: number;
}

const root = '/participation/v1/channels';
// Fabric's own spelling.
const log = logger('orderer.commmon.channelparticipation');

/** The channel participation API on the admin listener (orderer/common/channelparticipation/restapi.go). */
export function startParticipation(options: ParticipationOptions): Promise<HttpServer> {
    return startHttpServer(options.address, options.tls, (request, response) => {
        serve(options, request, response).catch((error: unknown) => {
            log.error(`${request.method ?? ''} ${request.url ?? ''} failed: ${String(error)}`);
            response.destroy();
        });
    });
}

async function serve(options: ParticipationOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://orderer');
    if (pathname === '/participation/v1') {
        redirect(response, 307, '/participation/v1/', 'Temporary Redirect');
        return;
    }
    response.setHeader('X-Request-Id', request.headers['x-request-id'] ?? randomUUID());
    if (pathname === '/participation/v1/') {
        redirect(response, 302, root, 'Found');
        return;
    }
    const [channelId, blocks, blockId, ...rest] = pathname === root ? [] : pathname.slice(root.length + 1).split('/');
    const known = pathname === root || (pathname.startsWith(`${root}/`) && channelId !== '');
    const isBlockPath = blocks === 'blocks' && blockId !== undefined && blockId !== '' && rest.length === 0;
    if (!known || (blocks !== undefined && !isBlockPath)) {
        replyNotFound(response);
        return;
    }
    try {
        await route(options, request, response, decoded(channelId), decoded(blockId));
    } catch (error) {
        replyRefusal(response, refusalOf(error));
    }
}

function route(
    options: ParticipationOptions,
    request: IncomingMessage,
    response: ServerResponse,
    channelId: string | undefined,
    blockId: string | undefined,
): Promise<void> | void {
    const { registry } = options;
    const method = request.method ?? '';
    if (channelId === undefined) {
        return routeCollection(options, method, request, response);
    }
    checkChannelId(channelId);
    if (blockId !== undefined) {
        allow(method, ['GET']);
        sendBlock(existing(registry, channelId), blockId, response);
        return;
    }
    allow(method, ['GET', 'DELETE']);
    checkAccept(request);
    if (method === 'DELETE') {
        return registry.remove(channelId).then(() => {
            response.writeHead(204).end();
        });
    }
    response.setHeader('Cache-Control', 'no-store');
    replyJson(response, 200, describe(existing(registry, channelId)));
}

async function routeCollection(
    { registry, maxBodyBytes }: ParticipationOptions,
    method: string,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    allow(method, ['GET', 'POST', 'PUT']);
    checkAccept(request);
    if (method === 'PUT') {
        throw new HttpRefusal(501, 'cannot update: the embedded engine does not support configuration updates');
    }
    if (method === 'POST') {
        const boundary = multipartBoundary(request.headers['content-type']);
        const channel = await join(
            registry,
            onlyFilePart(await readForm(request, maxBodyBytes), boundary, 'config-block'),
        );
        response.setHeader('Location', urlOf(channel));
        replyJson(response, 201, describe(channel));
        return;
    }
    const channels = registry.list().map((channel) => ({ name: channel.channelId, url: urlOf(channel) }));
    response.setHeader('Cache-Control', 'no-store');
    replyJson(response, 200, { systemChannel: null, channels: channels.length === 0 ? null : channels });
}

async function readForm(request: IncomingMessage, maxBodyBytes: number): Promise<Buffer> {
    try {
        return await readBody(request, maxBodyBytes);
    } catch (error) {
        throw new FormError(
            `cannot read form from request body: ${error instanceof Error ? error.message : String(error)}`,
        );
    }
}

async function join(registry: ChannelRegistry, block: Buffer): Promise<OrderedChannel> {
    try {
        return await registry.join(block);
    } catch (error) {
        if (error instanceof MalformedMessageError) {
            const reason = 'proto: cannot parse invalid wire-format data';
            throw new FormError(`cannot unmarshal file part config-block into a block: ${reason}`);
        }
        throw error;
    }
}

function sendBlock(channel: OrderedChannel, blockId: string, response: ServerResponse): void {
    const bytes = channel.blockBytes(blockNumber(channel, blockId));
    response
        .writeHead(200, {
            'Cache-Control': 'no-store',
            'Content-Type': 'application/octet-stream',
            'Content-Length': bytes.length,
        })
        .end(bytes);
}

function blockNumber(channel: OrderedChannel, blockId: string): number {
    switch (blockId) {
        case 'newest':
        case '-1':
            return channel.height() - 1;
        case 'oldest':
            return 0;
        case 'config':
            return channel.lastConfig;
        default:
            if (!/^\d+$/.test(blockId)) {
                throw new HttpRefusal(400, `invalid block ID: '${blockId}' not equal <newest|oldest|config|(number)>`);
            }
            return Number(blockId);
    }
}

function existing(registry: ChannelRegistry, channelId: string): OrderedChannel {
    const channel = registry.get(channelId);
    if (channel === undefined) {
        throw new HttpRefusal(404, 'channel does not exist');
    }
    return channel;
}

function describe(channel: OrderedChannel): object {
    return {
        name: channel.channelId,
        url: urlOf(channel),
        consensusRelation: 'consenter',
        status: 'active',
        height: channel.height(),
    };
}

function urlOf(channel: OrderedChannel): string {
    return `${root}/${channel.channelId}`;
}

/** common/configtx/validator.go, validateChannelID. */
function checkChannelId(channelId: string): void {
    if (channelId.length > 249) {
        throw new HttpRefusal(400, 'invalid channel ID: channel ID illegal, cannot be longer than 249');
    }
    if (!/^[a-z][a-z0-9.-]*$/.test(channelId)) {
        throw new HttpRefusal(400, `invalid channel ID: '${channelId}' contains illegal characters`);
    }
}

function decoded(segment: string | undefined): string | undefined {
    if (segment === undefined) {
        return undefined;
    }
    try {
        return decodeURIComponent(segment);
    } catch {
        return segment;
    }
}
