// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

function bench(...flags: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const main = resolve(__dirname, 'main.mts');
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', main, ...flags],
        { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    return { status, stdout, stderr };
}

describe('bench:engine', () => {
    it('explains every flag', () => {
        const { status, stdout } = bench('--help');
        expect(status).toBe(0);
        for (const flag of ['--engine', '--seconds', '--inflight', '--rounds', '--quick', '--json'])
            expect(stdout).toContain(flag);
    });

    it.each([
        [['--engine', 'other'], '--engine other'],
        [['--seconds', '0'], '--seconds 0'],
        [['--inflight', 'many'], '--inflight many'],
        [['--unknown'], '--unknown'],
    ])('starts nothing when told %j', (flags, named) => {
        const { status, stderr } = bench(...flags);
        expect(status).toBe(1);
        expect(stderr).toContain(named);
    });
});
