// SPDX-License-Identifier: Apache-2.0
import '../../ledger/testing/quietLog.js';
import type { HttpServer } from '../httpServer.js';
import { startOperations } from '../operations.js';
import { enableFaults } from './faultService.js';
import { faultSwitches } from './faultSwitches.js';

const token = 'a token of sixteen characters or more';
const version = { version: '1', commitSha: 'x' };
let server: HttpServer | undefined;

afterEach(async () => {
    faultSwitches.clear();
    await server?.close();
});

async function start(env: NodeJS.ProcessEnv): Promise<string> {
    const faults = enableFaults(env, 'peer', ['127.0.0.1:0']);
    server = await startOperations({ address: '127.0.0.1:0', version, faults });
    return `http://${server.address}/faults`;
}

async function ask(url: string, method: string, body?: string, shown = token): Promise<[number, unknown]> {
    const headers = { Authorization: `Bearer ${shown}` };
    const reply = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
    return [reply.status, await reply.json()];
}

it('has no page unless it is enabled', async () => {
    const url = await start({});
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(`${url}/skew-clock`, { method: 'PUT', body: '1h' })).status).toBe(404);
    expect(faultSwitches.list()).toEqual({});
});

it('switches on and off for who shows the token, and for nobody else', async () => {
    const url = await start({ POWER_FAULTS_TOKEN: token });
    expect((await ask(`${url}/skew-clock`, 'PUT', '1h', 'another token'))[0]).toBe(401);
    expect((await fetch(url)).status).toBe(401);
    expect(faultSwitches.list()).toEqual({});
    expect(await ask(`${url}/skew-clock`, 'PUT', '1h')).toEqual([200, { 'skew-clock': '1h' }]);
    expect(await ask(url, 'GET')).toEqual([200, { 'skew-clock': '1h' }]);
    expect(await ask(`${url}/skew-clock`, 'DELETE')).toEqual([200, {}]);
});

it('says what is wrong with a request', async () => {
    const url = await start({ POWER_FAULTS_TOKEN: token });
    expect(await ask(`${url}/pause-ordering`, 'PUT', '')).toEqual([
        400,
        { error: expect.stringContaining('orderer') as string },
    ]);
    expect(await ask(`${url}/skew-clock`, 'PUT', 'x'.repeat(2000))).toEqual([
        400,
        { error: 'http: request body too large' },
    ]);
    expect(await ask(`${url}/skew-clock`, 'POST', '1h')).toEqual([400, { error: 'invalid request method: POST' }]);
    expect(await ask(`${url}/`, 'PUT', '')).toEqual([
        400,
        { error: expect.stringContaining("no fault switch ''") as string },
    ]);
});
