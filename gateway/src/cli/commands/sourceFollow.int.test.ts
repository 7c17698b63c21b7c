// SPDX-License-Identifier: Apache-2.0
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSourceFile } from '../../sources/readSourceFile.js';

const power = join(__dirname, '../../../bin/power');
const folder = mkdtempSync(join(tmpdir(), 'power-follow-'));

afterAll(() => {
    rmSync(folder, { recursive: true });
});

function readingOf(quarter: number, meter: string): string {
    const start = `${new Date(Date.UTC(2026, 10, 20, 0, 15 * quarter)).toISOString().slice(0, 16)}Z`;
    const plant = { meter, facility: 'roof-1', zone: '10YAT-APG------L', carrier: 'B16' };
    return JSON.stringify({ ...plant, start, minutes: '15', energy: '0.25', unit: 'kWh' });
}

/** Writes a day of readings as a broker's client would: one message per line, every third twice. */
const producer = `
const readingOf = ${readingOf.toString()};
for (let quarter = 0; quarter < 96; quarter++) {
    const message = readingOf(quarter, '7-A');
    console.log(message);
    if (quarter % 3 === 0) console.log(message);
}`;

it('a pipe of processes makes a file of a day', async () => {
    const client = spawn(process.execPath, ['-e', producer], { stdio: ['ignore', 'pipe', 'inherit'] });
    const follow = spawn(power, ['source', 'follow', '--dir', folder, '-o', 'json'], {
        stdio: ['pipe', 'pipe', 'pipe'],
    });
    client.stdout.pipe(follow.stdin);
    let out = '';
    follow.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const exitCode = await new Promise((resolve) => follow.on('close', resolve));
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toEqual({ taken: 96, repeated: 32, refused: 0, daysComplete: 1 });
    const file = join(folder, '7-A_2026-11-20.csv');
    expect(readSourceFile(readFileSync(file), file).energyWh).toBe(24_000n);
}, 30_000);

/** An MQTT broker with a password; publishes each line it is given as a message of the topic. */
const brokerScript = `
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { Aedes } from 'aedes';
const broker = await Aedes.createBroker({
    authenticate: (client, name, password, done) => done(null, name === 'site' && password?.toString() === 'sun'),
});
const server = createServer(broker.handle).listen(0, '127.0.0.1', () => console.log(server.address().port));
for await (const payload of createInterface({ input: process.stdin })) {
    broker.publish({ topic: 'meters/7-B/readings', payload, qos: 1 }, () => undefined);
}`;

describe('an MQTT broker', () => {
    let broker: ChildProcessWithoutNullStreams;
    let url: string;
    const passwordFile = join(folder, 'password');

    beforeAll(async () => {
        writeFileSync(passwordFile, 'sun\n');
        broker = spawn(process.execPath, ['--input-type=module', '-e', brokerScript], {
            cwd: join(__dirname, '../../..'),
        });
        const [port] = (await once(broker.stdout, 'data')) as [Buffer];
        url = `mqtt://127.0.0.1:${port.toString().trim()}`;
    });

    afterAll(() => {
        broker.kill();
    });

    function listen(...more: readonly string[]): ChildProcessWithoutNullStreams {
        const at = ['--broker', url, '--topic', 'meters/+/readings', '--client-id', 'site-7', '--username', 'site'];
        return spawn(power, ['source', 'follow', '--dir', folder, '-o', 'json', ...at, ...more]);
    }

    /** Waits for a line that says so. */
    function told(child: ChildProcessWithoutNullStreams, what: string): Promise<void> {
        let text = '';
        return new Promise((resolve, reject) => {
            child.stderr.on('data', (chunk: Buffer) => {
                text += chunk.toString();
                if (text.includes(what)) resolve();
            });
            child.once('close', () => {
                reject(new Error(`ended without "${what}": ${text}`));
            });
        });
    }

    function publish(from: number, to: number): void {
        for (let quarter = from; quarter < to; quarter++) broker.stdin.write(`${readingOf(quarter, '7-B')}\n`);
    }

    it('keeps what comes while nobody listens, and a killed listener loses no reading', async () => {
        const file = join(folder, '7-B_2026-11-20.csv');
        const first = listen('--password-file', passwordFile);
        await told(first, 'listening to');
        publish(0, 40);
        while (!existsSync(file) || readFileSync(file, 'utf8').split('\n').length < 20) await sleep(20);
        first.kill('SIGKILL');
        await once(first, 'close');
        publish(40, 96);
        const second = listen('--password-file', passwordFile);
        await told(second, 'complete:');
        second.kill('SIGTERM');
        const [answer] = (await once(second.stdout, 'data')) as [Buffer];
        expect(JSON.parse(answer.toString())).toMatchObject({ refused: 0, daysComplete: 1 });
        expect(readSourceFile(readFileSync(file), file).energyWh).toBe(24_000n);
    }, 60_000);

    it('is refused by name where it does not answer or does not know us', async () => {
        const stranger = listen();
        await told(stranger, 'BROKER_UNREACHABLE');
        await once(stranger, 'close');
        expect(stranger.exitCode).not.toBe(0);
    }, 30_000);
});
