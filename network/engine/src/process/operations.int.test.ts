// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { TestAuthority } from '../identity/testing/testAuthority.js';
import type { HttpServer } from './httpServer.js';
import { activeSpec } from './logging.js';
import { startOperations } from './operations.js';
import { loadServerTls } from './tls.js';

const directory = mkdtempSync(join(tmpdir(), 'operations-'));
const authority = new TestAuthority(directory, 'M');
const folder = authority.tlsFolder('node');
const pair = { certificateFile: join(folder, 'server.crt'), keyFile: join(folder, 'server.key') };
let server: HttpServer;

beforeAll(async () => {
    server = await startOperations({
        address: 'localhost:0',
        tls: loadServerTls({ ...pair, clientRootFiles: [authority.tlsRootFile], clientAuthRequired: false }),
        version: { version: 'v1', commitSha: 'c' },
        health: {
            well: () => undefined,
            ill: () => {
                throw new Error('no pulse');
            },
        },
    });
});

afterAll(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
});

interface Answer {
    readonly status: number | undefined;
    readonly body: string;
}

/** Asks as a client with a certificate of the authority, or as one without. */
function ask(path: string, { isKnown = true, put }: { isKnown?: boolean; put?: string } = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
        const asked = request(`https://${server.address}${path}`, {
            method: put === undefined ? 'GET' : 'PUT',
            ca: readFileSync(authority.tlsRootFile),
            ...(isKnown && { cert: readFileSync(pair.certificateFile), key: readFileSync(pair.keyFile) }),
        });
        asked.on('error', reject).on('response', (response) => {
            text(response).then((body) => {
                resolve({ status: response.statusCode, body });
            }, reject);
        });
        asked.end(put);
    });
}

describe('an operations endpoint with TLS', () => {
    it('shows health and version to anybody, log levels and metrics only to clients with a certificate', async () => {
        const statuses = async (isKnown: boolean): Promise<(number | undefined)[]> => {
            const answers = ['/healthz', '/version', '/logspec', '/metrics'].map((path) => ask(path, { isKnown }));
            return (await Promise.all(answers)).map(({ status }) => status);
        };
        expect((await statuses(false)).slice(0, 3)).toEqual([503, 200, 401]);
        expect((await statuses(true)).slice(0, 3)).toEqual([503, 200, 200]);
        expect((await ask('/logspec', { isKnown: false, put: '{"spec":"debug"}' })).status).toBe(401);
    });

    it('names the component that is ill', async () => {
        expect(JSON.parse((await ask('/healthz')).body)).toMatchObject({
            failed_checks: [{ component: 'ill', reason: 'no pulse' }],
        });
    });

    it.each([
        ['a number', '{"spec":7}', 'the logging specification must be a string'],
        ['an endless text', `{"spec":"${'x'.repeat(65_536)}"}`, 'http: request body too large'],
    ])('refuses %s as log levels', async (_, put, error) => {
        const before = activeSpec();
        expect(await ask('/logspec', { put })).toEqual({ status: 400, body: `${JSON.stringify({ error })}\n` });
        expect(activeSpec()).toBe(before);
    });
});
