// SPDX-License-Identifier: Apache-2.0
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCli } from './runCli.js';

// A reader such as `head` that has seen enough ends the command, as it ends others: with the exit code of SIGPIPE.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(128 + constants.signals.SIGPIPE);
});

// The composition root of the command: the only place that names the process and the Fabric adapters.
void runCli(process.argv.slice(2), {
    variables: process.env,
    write: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    input: () => process.stdin,
    isTerminal: process.stderr.isTTY,
    isOutputTerminal: process.stdout.isTTY,
    ...(process.stdout.isTTY && { columns: process.stdout.columns }),
    now: () => new Date(),
    sleep: async (ms, signal) => {
        await sleep(ms, undefined, { signal }).catch(() => undefined);
    },
    stopSignal: () => {
        const stop = new AbortController();
        for (const name of ['SIGTERM', 'SIGINT'] as const) {
            process.once(name, () => {
                stop.abort();
            });
        }
        return stop.signal;
    },
    connect: async (context) => {
        const { openLedger } = await import('../fabric/openLedger.js');
        return openLedger(context);
    },
    blockDecoder: async () => (await import('../fabric/chainBlock.js')).readChainBlock,
    blockViewer: async () => (await import('../fabric/blockDecoding.js')).decodeBlock,
}).then((exitCode) => {
    process.exitCode = exitCode;
});
