// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

function bench(...flags: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const main = resolve(__dirname, 'main.mts');
    return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...flags], {
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
    });
}

describe('bench:chaincode', () => {
    it('explains every flag, and what it measures', () => {
        const { status, stdout } = bench('--help');
        expect(status).toBe(0);
        for (const flag of ['--rounds', '--seconds', '--inflight', '--quick', '--json', '--only', '--profile'])
            expect(stdout).toContain(flag);
        expect(stdout).toContain('What is measured');
    });

    it.each([
        [['--rounds', '0'], '--rounds 0'],
        [['--unknown'], '--unknown'],
    ])('starts nothing when told %j', (flags, named) => {
        const { status, stderr } = bench(...flags);
        expect(status).toBe(1);
        expect(stderr).toContain(named);
    });
});
