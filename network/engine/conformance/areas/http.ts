// SPDX-License-Identifier: Apache-2.0
import { readFileSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runOrderer, type OrdererNode } from '../../src/ordering/ordererNode.js';
import { callParticipation } from '../../src/commands/osnadmin/participationClient.js';
import { testOrdering, type TestOrdering } from '../../src/ordering/testing/testOrdering.js';
import { startOperations } from '../../src/process/operations.js';
import { engineVersion } from '../../src/version.js';
import type { Checks } from '../checks.js';
import type { Recordings } from '../recordings.js';

interface Recorded {
    readonly id: string;
    readonly server: 'peer' | 'orderer' | 'orderer admin';
    readonly method: string;
    readonly path: string;
    readonly requestHeaders?: Readonly<Record<string, string>>;
    readonly requestBody?: string;
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly error?: string;
}

interface Answer {
    readonly status: number | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
}

const file = 'services/http.jsonl';

/** Every recorded request to the operations endpoints and the channel participation API. */
export async function replayHttp(recordings: Recordings, checks: Checks): Promise<void> {
    const network = testOrdering();
    const node = await runOrderer({ ...network.environment, ORDERER_METRICS_PROVIDER: 'disabled' });
    const version = { version: engineVersion, commitSha: 'embedded engine' };
    const peer = await startOperations({
        address: 'localhost:0',
        tls: undefined,
        version,
        health: {},
    });
    const genesis = network.genesis(recordings.set.channel);
    try {
        await joinOrderer(network, node, genesis);
        for (const { line, value } of recordings.lines<Recorded>(file)) {
            const place = { file, line, label: value.id };
            await checks.guard(place, async () => {
                const addresses = {
                    peer: peer.address,
                    orderer: node.operationsAddress,
                    'orderer admin': node.adminAddress,
                };
                const outcome = await ask(value, addresses[value.server], network, genesis);
                checks.equal(place, 'error' in value ? errorOf(value.error) : comparable(value), outcome);
            });
        }
    } finally {
        await peer.close();
        await node.close();
        rmSync(network.directory, { recursive: true });
    }
}

async function joinOrderer(network: TestOrdering, node: OrdererNode, content: Buffer): Promise<void> {
    const { status } = await callParticipation({
        method: 'POST',
        orderer: node.adminAddress,
        path: '/participation/v1/channels',
        tls: {
            roots: [readFileSync(network.orderers.tlsRootFile)],
            certificate: readFileSync(join(network.tlsFolder, 'server.crt')),
            key: readFileSync(join(network.tlsFolder, 'server.key')),
        },
        file: { part: 'config-block', name: 'config.block', content },
    });
    if (status !== 201) throw new Error(`the orderer did not join: ${String(status)}`);
}

/** The answer, or in short the error when there was none. */
async function ask(recorded: Recorded, address: string, network: TestOrdering, genesis: Buffer): Promise<unknown> {
    const isAdmin = recorded.server === 'orderer admin';
    const { method, path, requestHeaders: headers = {} } = recorded;
    const url = `${isAdmin ? 'https' : 'http'}://${address}${path}`;
    const certificate = recorded.error === undefined && {
        cert: readFileSync(join(network.tlsFolder, 'server.crt')),
        key: readFileSync(join(network.tlsFolder, 'server.key')),
    };
    const answer = new Promise<Answer>((resolve, reject) => {
        const asked = isAdmin
            ? httpsRequest(url, { method, headers, ca: readFileSync(network.orderers.tlsRootFile), ...certificate })
            : httpRequest(url, { method, headers });
        asked.on('error', reject).on('response', (response) => {
            text(response).then((body) => {
                resolve({ status: response.statusCode, headers: response.headers, body });
            }, reject);
        });
        asked.end(requestBody(recorded, genesis));
    });
    return answer.then(comparable, (error: unknown) => errorOf((error as NodeJS.ErrnoException).code ?? ''));
}

/** A recorded body that is too long is the genesis block in a form, and its length is all that is kept. */
function requestBody({ requestBody: recorded, requestHeaders }: Recorded, genesis: Buffer): Buffer | undefined {
    if (recorded === undefined) return undefined;
    if (!/^\d+ bytes$/.test(recorded)) return Buffer.from(recorded);
    const boundary = /boundary=(.*)$/.exec(requestHeaders?.['content-type'] ?? '')?.[1] ?? '';
    const disposition = 'Content-Disposition: form-data; name="config-block"; filename="config-block"';
    const head = `--${boundary}\r\n${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), genesis, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** Without times, versions and heights; of request ids only whether there is one. */
function comparable({ status, headers = {}, body = '' }: Partial<Answer> | Recorded): object {
    const compared = ['content-type', 'cache-control', 'x-content-type-options', 'location', 'allow'];
    return {
        status,
        headers: compared.map((name) => `${name}: ${String(headers[name] ?? 'none')}`),
        hasRequestId: headers['x-request-id'] !== undefined,
        body: body
            .replaceAll('\u00a0', ' ')
            .replace(/"(time|Version|CommitSHA|spec)":"[^"]*"/g, '"$1":"…"')
            .replace(/"height":\d+/, '"height":"…"'),
    };
}

/** Node names the alert by the TLS library's version. */
const errorOf = (code = ''): string => code.replace(/^.*ALERT_/, '');
