// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorText } from '../wire/errorText.js';
import type { FaultService } from './faults/faultService.js';
import { isAuthenticated, readBody, replyJson, replyNotFound, startHttpServer, type HttpServer } from './httpServer.js';
import { activateSpec, activeSpec, logger } from './logging.js';
import { metricsEnabled, metricsText } from './metrics.js';
import type { ServerTls } from './tls.js';

interface OperationsOptions {
    readonly address: string;
    /** With TLS, /logspec and /metrics need a verified client certificate. */
    readonly tls?: ServerTls | undefined;
    /** What GET /version answers. */
    readonly version: { readonly version: string; readonly commitSha: string };
    /** /faults and below; not served when absent. */
    readonly faults?: FaultService | undefined;
    /** Checks by component; one fails by throwing the reason. */
    readonly health?: Readonly<Record<string, () => void | Promise<void>>>;
}

const log = logger('operations.runner');
const maxSpecBytes = 64 * 1024;

/** The operations endpoint of a node: /healthz, /version, /logspec and, when metrics are on, /metrics (core/operations). */
export function startOperations(options: OperationsOptions): Promise<HttpServer> {
    return startHttpServer(options.address, options.tls, (request, response) => {
        serve(options, request, response).catch((error: unknown) => {
            log.error(`${request.url ?? ''} failed: ${String(error)}`);
            response.destroy();
        });
    });
}

type Page = (options: OperationsOptions, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The pages, and whether they are shown to verified clients only when there is TLS. */
const pages: Readonly<Record<string, { readonly page: Page; readonly restricted: boolean }>> = {
    '/healthz': {
        page: ({ health }, request, response) => replyHealth(health ?? {}, request, response),
        restricted: false,
    },
    '/version': {
        page: ({ version }, request, response) => replyVersion(version, request, response),
        restricted: false,
    },
    '/logspec': { page: (_, request, response) => serveLogSpec(request, response), restricted: true },
    '/faults': {
        page: async ({ faults }, request, response) => faults?.(request, response),
        restricted: false,
    },
    '/metrics': { page: (_, __, response) => replyMetrics(response), restricted: true },
};

async function serve(options: OperationsOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://node').pathname;
    const name = path.startsWith('/faults/') ? '/faults' : path;
    const served = pages[name];
    if (served === undefined || (name === '/metrics' && !metricsEnabled()) || (name === '/faults' && !options.faults)) {
        replyNotFound(response);
        return;
    }
    response.setHeader('X-Request-Id', request.headers['x-request-id'] ?? randomUUID());
    if (served.restricted && options.tls !== undefined && !isAuthenticated(request.socket)) {
        response.writeHead(401, { 'Content-Length': 0 }).end();
        return;
    }
    await served.page(options, request, response);
}

async function replyMetrics(response: ServerResponse): Promise<void> {
    const { contentType, text } = await metricsText();
    response.writeHead(200, { 'Content-Type': contentType }).end(text);
}

async function replyHealth(
    checks: NonNullable<OperationsOptions['health']>,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    if (request.method !== 'GET') {
        response.writeHead(405, { 'Content-Length': 0 }).end();
        return;
    }
    const failed: { component: string; reason: string }[] = [];
    for (const [component, check] of Object.entries(checks)) {
        try {
            await check();
        } catch (error) {
            failed.push({ component, reason: errorText(error) });
        }
    }
    const time = new Date().toISOString();
    if (failed.length === 0) {
        replyJson(response, 200, { status: 'OK', time }, false);
    } else {
        replyJson(response, 503, { status: 'Service Unavailable', time, failed_checks: failed }, false);
    }
}

function replyVersion(
    { version, commitSha }: OperationsOptions['version'],
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    if (request.method === 'GET') {
        replyJson(response, 200, { CommitSHA: commitSha, Version: version }, false);
    } else {
        replyJson(response, 400, { Error: `invalid request method: ${request.method ?? ''}` }, false);
    }
    return Promise.resolve();
}

/** common/flogging/httpadmin/spec.go */
async function serveLogSpec(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
        replyJson(response, 200, { spec: activeSpec() });
        return;
    }
    if (request.method !== 'PUT') {
        replyJson(response, 400, { error: `invalid request method: ${request.method ?? ''}` });
        return;
    }
    try {
        const document: unknown = JSON.parse((await readBody(request, maxSpecBytes)).toString('utf8'));
        activateSpec(specOf(document));
    } catch (error) {
        replyJson(response, 400, { error: errorText(error) });
        return;
    }
    response.writeHead(204).end();
}

function specOf(document: unknown): string {
    if (typeof document !== 'object' || document === null || !('spec' in document)) {
        return '';
    }
    if (typeof document.spec !== 'string') {
        throw new TypeError('the logging specification must be a string');
    }
    return document.spec;
}
