// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newRequest } from '../certificateAuthority/newRequest.js';
import { enrolled, send, tokenFor, type Credentials } from '../certificateAuthority/testing/testClient.js';
import { faultPoints, type FaultPoint } from '../process/faults/faultPoints.js';
import { killedAt, killsPerPoint, startUntilReadyOrKilled, untilKilled } from './peer/node/testing/killing.js';
import { freePort } from '../process/freePort.js';
import { bundleExecutable, NodeProcess } from './peer/node/testing/nodeProcess.js';

jest.setTimeout(60_000 + killsPerPoint * 60_000);

let directory: string;
let home: string;
let port: number;
let server: NodeProcess;

beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'killed-ca-'));
    home = join(directory, 'home');
    port = await freePort();
    const bundle = bundleExecutable('fabric-ca-server', directory);
    server = new NodeProcess({
        args: [bundle, 'start', '-b', 'admin:adminpw', '-H', home, '--address', '127.0.0.1', '-p', String(port)],
        env: { FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS: '127.0.0.1:0' },
        ready: /Listening on/,
    });
});

afterAll(async () => {
    await server.end();
    rmSync(directory, { recursive: true });
});

const url = (): string => `http://127.0.0.1:${String(port)}`;
const rootCertificate = (): string => readFileSync(join(home, 'ca-cert.pem'), 'utf8');

const enrol = (id: string, secret: string): Promise<Credentials> => enrolled(url(), id, secret);

async function asAdmin(admin: Credentials, path: string, content: object): Promise<{ status: number; text: string }> {
    const target = `/api/v1/${path}`;
    const body = JSON.stringify(content);
    return send(url(), 'POST', target, body, tokenFor(admin, 'POST', target, body));
}

async function forEachRound(
    points: readonly FaultPoint[],
    kill: (point: FaultPoint, round: number) => Promise<void>,
): Promise<void> {
    for (let round = 0; round < killsPerPoint; round++) {
        for (const point of points) await kill(point, round);
    }
}

const firstStart: readonly FaultPoint[] = [
    'ca.keyWritten',
    'ca.certificateWritten',
    'ca.databaseOpened',
    'ca.bootstrapped',
];
const change: readonly FaultPoint[] = ['ca.changeWritten', 'ca.changeCommitted'];

test('a CA killed at its first start starts the next time, with the certificate that it wrote', async () => {
    await forEachRound(firstStart, async (point) => {
        rmSync(home, { recursive: true, force: true });
        await startUntilReadyOrKilled(server, killedAt(point, 1));
        await untilKilled(server);
        const written = point === 'ca.keyWritten' ? undefined : rootCertificate();
        await server.start();
        expect([undefined, rootCertificate()]).toContain(written);
        await enrol('admin', 'adminpw');
        await server.end();
    });
});

test('a CA killed while it changes its registry has made the change or has not', async () => {
    await server.start();
    const admin = await enrol('admin', 'adminpw');
    const acknowledged: string[] = [];
    await forEachRound(change, async (point, round) => {
        const id = `${point}-${String(round)}`;
        await server.end();
        await server.start(killedAt(point, 2));
        // The first change is answered and must stand; the second is cut short.
        const answered = await asAdmin(admin, 'register', { id: `${id}-first`, type: 'client', secret: 'pw' });
        expect(answered.status).toBe(201);
        acknowledged.push(`${id}-first`);
        await expect(asAdmin(admin, 'register', { id, type: 'client', secret: 'pw' })).rejects.toThrow('fetch failed');
        await untilKilled(server);
        await server.start();
        const again = await asAdmin(admin, 'register', { id, type: 'client', secret: 'pw' });
        expect(again.status === 201).toBe(point === 'ca.changeWritten');
        for (const known of [...acknowledged, id]) await enrol(known, 'pw');
    });
});

test('a CA killed while it enrols counts an enrolment only with its certificate', async () => {
    const admin = await enrol('admin', 'adminpw');
    await forEachRound(change, async (point, round) => {
        const id = `once-${point}-${String(round)}`;
        await asAdmin(admin, 'register', { id, type: 'client', secret: 'pw', max_enrollments: 1 });
        await server.end();
        await server.start(killedAt(point, 1));
        await expect(enrol(id, 'pw')).rejects.toThrow('fetch failed');
        await untilKilled(server);
        await server.start();
        if (point === 'ca.changeWritten') await enrol(id, 'pw');
        await expect(enrol(id, 'pw')).rejects.toThrow('Authentication failure');
    });
});

test('a CA killed while it revokes has revoked or can revoke', async () => {
    await forEachRound(change, async (point, round) => {
        const admin = await enrol('admin', 'adminpw');
        const id = `revoked-${point}-${String(round)}`;
        await asAdmin(admin, 'register', { id, type: 'client', secret: 'pw' });
        const credentials = await enrol(id, 'pw');
        await server.end();
        await server.start(killedAt(point, 1));
        await expect(asAdmin(admin, 'revoke', { id })).rejects.toThrow('fetch failed');
        await untilKilled(server);
        await server.start();
        const { status } = await asAdmin(credentials, 'reenroll', {
            certificate_request: (await newRequest(id)).csr,
        });
        expect(status === 201).toBe(point === 'ca.changeWritten');
        expect((await asAdmin(admin, 'revoke', { id })).status).toBe(200);
        const after = await asAdmin(credentials, 'reenroll', { certificate_request: (await newRequest(id)).csr });
        expect(after.status).toBe(401);
    });
});

test('every fault point of the CA was reached', () => {
    expect([...firstStart, ...change].sort()).toEqual([...faultPoints.certificateAuthority].sort());
});
