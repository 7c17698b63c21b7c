// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { runCli } from './runCli.js';

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
