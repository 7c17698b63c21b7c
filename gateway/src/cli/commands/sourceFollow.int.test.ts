// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSourceFile } from '../../sources/readSourceFile.js';

const power = join(__dirname, '../../../bin/power');
const folder = mkdtempSync(join(tmpdir(), 'power-follow-'));

afterAll(() => {
    rmSync(folder, { recursive: true });
});

/** Writes a day of readings as a broker's client would: one message per line, every third twice. */
const producer = `
for (let quarter = 0; quarter < 96; quarter++) {
    const start = new Date(Date.UTC(2026, 10, 20, 0, 15 * quarter)).toISOString().slice(0, 16) + 'Z';
    const message = JSON.stringify({ meter: '7-A', facility: 'roof-1', zone: '10YAT-APG------L', carrier: 'B16',
        start, minutes: '15', energy: '0.25', unit: 'kWh' });
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
