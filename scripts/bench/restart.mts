// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectDir } from '../network/consortium.mts';

const help = `How long a peer and an orderer with a long chain take from their start to readiness.

  npm run bench:engine -- --restart [FLAGS]

  --blocks N         length of the chain (10000), committed by the engine's own code
  --transactions N   transactions in each block (10)
  --rounds N         starts of each kind (5); the median comes first
  --help

Both are started as they were and without their block index, the peer also without its state and history.`;

/** The measuring peer is made by what tests make theirs with, which the build leaves out. */
function run(words: readonly string[]): number {
    const { values } = parseArgs({
        args: [...words],
        options: {
            restart: { type: 'boolean' },
            blocks: { type: 'string', default: '10000' },
            transactions: { type: 'string', default: '10' },
            rounds: { type: 'string', default: '5' },
            help: { type: 'boolean', short: 'h' },
        },
    });
    if (values.help) {
        console.log(help);
        return 0;
    }
    const numbers = [values.blocks, values.transactions, values.rounds];
    if (!numbers.every((text) => /^[1-9]\d{0,6}$/.test(text)))
        throw new Error('every flag takes a whole number from 1');
    const directory = mkdtempSync(join(tmpdir(), 'power-restart-'));
    try {
        const source = join(projectDir, 'network/engine/src/commands/peer/node/testing');
        const bundle = join(directory, 'restart.cjs');
        const options = ['--bundle', '--platform=node', '--target=node24', '--packages=external', '--log-level=error'];
        const here = `--define:__dirname=${JSON.stringify(source)}`;
        const built = spawnSync('esbuild', [
            join(source, 'restartBenchmark.ts'),
            ...options,
            here,
            `--outfile=${bundle}`,
        ]);
        if (built.status !== 0) throw new Error(String(built.stderr));
        const env = { ...process.env, NODE_PATH: join(projectDir, 'node_modules'), FABRIC_LOGGING_SPEC: 'error' };
        return spawnSync(process.execPath, [bundle, ...numbers], { env, stdio: 'inherit' }).status ?? 1;
    } finally {
        rmSync(directory, { recursive: true });
    }
}

try {
    process.exitCode = run(process.argv.slice(2));
} catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
}
