// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkChannelId } from '../channel/configKeys.js';
import { readBody, replyJson, replyNotFound, startHttpServer, type HttpServer } from '../process/httpServer.js';
import { logger } from '../process/logging.js';
import type { ServerTls } from '../process/tls.js';
import { MalformedMessageError } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import type { ChannelRegistry } from './channelRegistry.js';
import { updateChannel } from './channelUpdate.js';
import type { FilterOptions } from './messageFilters.js';
import { FormError, multipartBoundary, onlyFilePart } from './multipart.js';
import type { OrderedChannel } from './orderedChannel.js';
import { allow, checkAccept, HttpRefusal, redirect, refusalOf, replyRefusal } from './participationReply.js';

interface ParticipationOptions {
    readonly address: string;
    /** With mutual TLS any verified client certificate may do everything; without TLS there is no authentication. */
    readonly tls?: ServerTls | undefined;
    readonly registry: ChannelRegistry;
    /** ChannelParticipation.MaxRequestBodySize */
    readonly maxBodyBytes: number;
    /** How configuration updates are judged; the same as for Broadcast. */
    readonly filters: FilterOptions;
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
    const place = placeOf(new URL(request.url ?? '/', 'http://orderer').pathname);
    if (place.kind !== 'bare') {
        response.setHeader('X-Request-Id', request.headers['x-request-id'] ?? randomUUID());
    }
    switch (place.kind) {
        case 'bare':
            redirect(response, 307, '/participation/v1/', 'Temporary Redirect');
            return;
        case 'root':
            redirect(response, 302, root, 'Found');
            return;
        case 'unknown':
            replyNotFound(response);
            return;
        case 'channels':
        case 'channel':
        case 'block':
            try {
                await serveResource(options, place, request, response);
            } catch (error) {
                replyRefusal(response, refusalOf(error));
            }
    }
}

/** What a path leads to. */
type Place =
    | { readonly kind: 'bare' | 'root' | 'unknown' }
    | { readonly kind: 'channels' }
    | { readonly kind: 'channel'; readonly channelId: string }
    | { readonly kind: 'block'; readonly channelId: string; readonly blockId: string };
type Resource = Exclude<Place, { readonly kind: 'bare' | 'root' | 'unknown' }>;

function placeOf(path: string): Place {
    switch (path) {
        case '/participation/v1':
            return { kind: 'bare' };
        case '/participation/v1/':
            return { kind: 'root' };
        case root:
            return { kind: 'channels' };
    }
    const [, channelId, blockId] = /^\/participation\/v1\/channels\/([^/]+)(?:\/blocks\/([^/]+))?$/.exec(path) ?? [];
    if (channelId === undefined) {
        return { kind: 'unknown' };
    }
    return blockId === undefined
        ? { kind: 'channel', channelId: decoded(channelId) }
        : { kind: 'block', channelId: decoded(channelId), blockId: decoded(blockId) };
}

async function serveResource(
    options: ParticipationOptions,
    resource: Resource,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    const { registry } = options;
    const method = request.method ?? '';
    if (resource.kind === 'channels') {
        await serveChannels(options, method, request, response);
        return;
    }
    requireChannelId(resource.channelId);
    if (resource.kind === 'block') {
        allow(method, ['GET']);
        sendBlock(existing(registry, resource.channelId), resource.blockId, response);
        return;
    }
    allow(method, ['GET', 'DELETE']);
    checkAccept(request);
    if (method === 'DELETE') {
        await registry.remove(resource.channelId);
        response.writeHead(204).end();
        return;
    }
    const description = describe(existing(registry, resource.channelId));
    response.setHeader('Cache-Control', 'no-store');
    replyJson(response, 200, description);
}

async function serveChannels(
    { registry, maxBodyBytes, filters }: ParticipationOptions,
    method: string,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    allow(method, ['GET', 'POST', 'PUT']);
    checkAccept(request);
    if (method !== 'GET') {
        const boundary = multipartBoundary(request.headers['content-type']);
        const form = await readForm(request, maxBodyBytes);
        const channel =
            method === 'POST'
                ? await join(registry, onlyFilePart(form, boundary, 'config-block'))
                : updateChannel(registry, onlyFilePart(form, boundary, 'config-update-envelope'), filters);
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
        throw new FormError(`cannot read form from request body: ${errorText(error)}`);
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

function decoded(segment: string): string {
    try {
        return decodeURIComponent(segment);
    } catch {
        return segment;
    }
}

function requireChannelId(channelId: string): void {
    try {
        checkChannelId(channelId);
    } catch (error) {
        throw new HttpRefusal(400, `invalid channel ID: ${errorText(error)}`);
    }
}
