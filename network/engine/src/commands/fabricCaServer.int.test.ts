// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import FabricCAServices from 'fabric-ca-client';
import { User } from 'fabric-common';
import { X509Crl } from '../certificateAuthority/certificates/x509.js';

// Starts the real process and talks to it through the unmodified npm client, over TLS.

const root = resolve(__dirname, '../../../..');
let directory: string;
let bundle: string;
const running: ChildProcess[] = [];

beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'power-ca-'));
    bundle = join(directory, 'fabric-ca-server.js');
    const entry = join(__dirname, 'entry/fabric-ca-server.ts');
    const options = ['--bundle', '--platform=node', '--target=node24', `--outfile=${bundle}`, '--log-level=error'];
    execFileSync(join(root, 'node_modules/.bin/esbuild'), [entry, ...options]);
});

afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
});

afterAll(() => {
    rmSync(directory, { recursive: true });
});

interface Server {
    readonly home: string;
    readonly port: number;
    readonly operationsPort: number;
    readonly child: ChildProcess;
    output(): string;
}

const freePort = async (): Promise<number> => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
};

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; output: () => string } => {
    const child = spawn(process.execPath, [bundle, ...args], { env: { PATH: process.env.PATH, ...env } });
    running.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    }
    return { child, output: () => text };
};

const start = async (home: string, port: number, operationsPort: number): Promise<Server> => {
    const { child, output } = run(['start', '-b', 'admin:admin:pw', '-H', home, '-p', String(port), '--tls.enabled'], {
        FABRIC_CA_SERVER_CA_NAME: 'ca-test',
        FABRIC_CA_SERVER_CSR_HOSTS: 'localhost,127.0.0.1',
        FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS: `127.0.0.1:${String(operationsPort)}`,
    });
    const deadline = Date.now() + 10_000;
    while (!output().includes('Listening on')) {
        if (child.exitCode !== null || Date.now() > deadline) throw new Error(output());
        await new Promise((wake) => setTimeout(wake, 10));
    }
    return { home, port, operationsPort, child, output };
};

const startFresh = async (name: string): Promise<Server> =>
    start(join(directory, name), await freePort(), await freePort());

const clientOf = ({ home, port }: Server): FabricCAServices => {
    const trustedRoots = [readFileSync(join(home, 'ca-cert.pem'), 'utf8')];
    return new FabricCAServices(`https://localhost:${String(port)}`, { trustedRoots, verify: true }, 'ca-test');
};

const signIn = async (client: FabricCAServices, enrollmentID: string, enrollmentSecret: string): Promise<User> => {
    const { certificate, key } = await client.enroll({ enrollmentID, enrollmentSecret });
    return User.createUser(enrollmentID, enrollmentSecret, 'TestMSP', certificate, key.toBytes());
};

const subjectOf = (pem: string): string => new X509Certificate(pem).subject;

test('the npm client enrols, registers, re-enrols, revokes and reads the CRL', async () => {
    const server = await startFresh('npm');
    const client = clientOf(server);
    const admin = await signIn(client, 'admin', 'admin:pw');
    const registration = {
        enrollmentID: 'peer0',
        enrollmentSecret: 'peerpw',
        role: 'peer',
        affiliation: 'org1.department1',
        maxEnrollments: 2,
    };
    expect(await client.register(registration, admin)).toBe('peerpw');
    await expect(client.register(registration, admin)).rejects.toMatchObject({ errors: [{ code: 74 }] });

    const peer = await client.enroll({ enrollmentID: 'peer0', enrollmentSecret: 'peerpw' });
    expect(subjectOf(peer.certificate)).toBe('OU=org1 + OU=peer + OU=department1\nCN=peer0');
    expect(peer.rootCertificate).toBe(readFileSync(join(server.home, 'ca-cert.pem'), 'utf8'));
    const tls = await client.enroll({ enrollmentID: 'peer0', enrollmentSecret: 'peerpw', profile: 'tls' });
    expect(new X509Certificate(tls.certificate).keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    await expect(client.enroll({ enrollmentID: 'peer0', enrollmentSecret: 'peerpw' })).rejects.toThrow('code: 20');

    const user = User.createUser('peer0', 'peerpw', 'TestMSP', peer.certificate, peer.key.toBytes());
    const again = await client.reenroll(user, []);
    expect(subjectOf(again.certificate)).toBe(subjectOf(peer.certificate));
    const revoked = (await client.revoke({ enrollmentID: 'peer0', reason: 'keycompromise' }, admin)) as {
        result: { RevokedCerts: unknown[] };
    };
    expect(revoked.result.RevokedCerts).toHaveLength(3);
    await expect(client.reenroll(user, [])).rejects.toMatchObject({ errors: [{ code: 20 }] });
    const crl = (await client.generateCRL({}, admin)) as string;
    const { entries } = new X509Crl(Buffer.from(crl, 'base64').toString('utf8'));
    expect(entries.map(({ serialNumber }) => serialNumber)).toContain(
        new X509Certificate(peer.certificate).serialNumber.toLowerCase(),
    );
    expect(entries).toHaveLength(3);

    const identities = (await client.newIdentityService().getAll(admin)) as { result: { identities: unknown[] } };
    expect(identities.result.identities).toHaveLength(2);
    const affiliations = (await client.newAffiliationService().getAll(admin)) as { success: boolean };
    expect(affiliations.success).toBe(true);
}, 30_000);

test('what a client has seen survives kill -9', async () => {
    const server = await startFresh('killed');
    const client = clientOf(server);
    const admin = await signIn(client, 'admin', 'admin:pw');
    await client.register({ enrollmentID: 'u', enrollmentSecret: 'pw', affiliation: '', maxEnrollments: 1 }, admin);
    await client.enroll({ enrollmentID: 'u', enrollmentSecret: 'pw' });
    const ended = once(server.child, 'exit');
    server.child.kill('SIGKILL');
    await ended;

    const restarted = clientOf(await start(server.home, server.port, server.operationsPort));
    await expect(restarted.enroll({ enrollmentID: 'u', enrollmentSecret: 'pw' })).rejects.toThrow('code: 20');
    expect(await restarted.register({ enrollmentID: 'v', enrollmentSecret: 'pw', affiliation: '' }, admin)).toBe('pw');
}, 30_000);

test('answers health checks, refuses a taken port and stops on SIGTERM with exit code 0', async () => {
    const server = await startFresh('stopped');
    const health = await fetch(`http://127.0.0.1:${String(server.operationsPort)}/healthz`);
    expect(await health.json()).toMatchObject({ status: 'OK' });
    expect(server.output()).toMatch(
        new RegExp(
            `^\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[INFO\\] Listening on https://0.0.0.0:${String(server.port)}$`,
            'm',
        ),
    );
    await expect(start(join(directory, 'second'), server.port, await freePort())).rejects.toThrow('EADDRINUSE');
    const ended = once(server.child, 'exit');
    server.child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
}, 30_000);

test.each([
    [['start', '--nosuch'], 'Error: unknown flag: --nosuch'],
    [['stop'], 'Error: unknown command "stop" for "fabric-ca-server"'],
    [['start'], "Error: Failed to create default configuration file: The '-b user:pass' option is required"],
    [['start', '-b', 'x'], "The value 'x' on the command line is missing a colon separator"],
    [['start', '-b', 'x:'], "An empty password in the '-b user:pass' option is not permitted"],
    [['start', '-b', 'a:b', '--ldap.enabled'], "'ldap.enabled' is 'true': the embedded engine supports only 'false'"],
    [['start', '-b', 'a:b', '-u', 'http://x'], "'intermediate.parentserver.url' is 'http://x'"],
])('refuses %j', async (args, message) => {
    const { child, output } = run([...args, '-H', mkdtempSync(join(directory, 'refused-'))]);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toContain(message);
});

test('init prepares the home directory and ends', async () => {
    const home = join(directory, 'init');
    const { child, output } = run(['init', '-b', 'a:b', '-H', home]);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(output()).toContain('[INFO] Initialization was successful');
    expect(subjectOf(readFileSync(join(home, 'ca-cert.pem'), 'utf8'))).toContain('CN=fabric-ca-server');
});
