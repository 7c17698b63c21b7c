// SPDX-License-Identifier: Apache-2.0
import { main as configtxgen } from '../../src/commands/configtxgen.js';
import { main as configtxlator } from '../../src/commands/configtxlator.js';
import { main as orderer } from '../../src/commands/orderer.js';
import { main as osnadmin } from '../../src/commands/osnadmin.js';
import { main as peer } from '../../src/commands/peer/peer.js';
import { redirectLog } from '../../src/process/logging.js';

export interface Outcome {
    readonly exit: number;
    readonly stdout: string;
    readonly stderr: string;
}

type Program = (argv: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;

/** The engine's executables by name. */
export const programs: Readonly<Record<string, Program>> = { configtxgen, configtxlator, orderer, osnadmin, peer };

/** Runs a program in this process and collects what it writes. */
export async function runCommand(program: Program, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
    const written = { stdout: '', stderr: '' };
    const streams = ['stdout', 'stderr'] as const;
    const originals = streams.map((name) => process[name].write.bind(process[name]));
    const restoreLog = redirectLog((line) => {
        written.stderr += line;
    });
    for (const name of streams) {
        process[name].write = (text: string | Uint8Array) => {
            written[name] += Buffer.from(text).toString('utf8');
            return true;
        };
    }
    try {
        return { exit: await program(argv, env), ...written };
    } finally {
        for (const [index, name] of streams.entries()) {
            const original = originals[index];
            if (original !== undefined) process[name].write = original;
        }
        restoreLog();
    }
}
