// SPDX-License-Identifier: Apache-2.0
// Holds one network in a process of its own (its folder and ports are fixed by the environment), so that two engines
// can be measured in turns. Takes the network down when its parent lets go of it, for whatever reason.
import type { Load } from './figures.mts';
import type { Answer, Call } from './remoteNetwork.mts';
import { NetworkBench } from './networkBench.mts';
import { StepFailure } from '../network/progress.mts';

const [engine = 'embedded'] = process.argv.slice(2);
const bench = new NetworkBench(engine);
let current: Promise<unknown> = Promise.resolve();

function perform({ verb, args }: Call): Promise<unknown> {
    const methods: Readonly<Record<Call['verb'], (...values: never[]) => Promise<unknown>>> = {
        up: () => bench.up(),
        load: (load: Load) => bench.load(load),
        idle: (seconds: number) => bench.idle(seconds),
        disk: () => bench.disk(),
        catchUp: () => bench.catchUp(),
        starts: (repeats: number) => bench.starts(repeats),
        commands: (repeats: number) => bench.commands(repeats),
    };
    // The sender's types tie the arguments to the verb.
    return methods[verb](...(args as never[]));
}

async function answer(call: Call): Promise<void> {
    let message: Answer;
    try {
        current = perform(call);
        message = { value: await current };
    } catch (error) {
        const detail = error instanceof StepFailure ? error.detail : undefined;
        const text = error instanceof Error ? error.message : String(error);
        message = { failure: detail === undefined ? text : `${text}\n${detail}` };
    }
    if (process.connected) process.send?.(message);
}

process.on('message', (call: Call) => void answer(call));

/** What is being started now is recorded first, or it would be left behind. */
process.on('disconnect', () => {
    bench.stopLoad();
    void current
        .catch(() => undefined)
        .then(() => bench.down())
        .finally(() => process.exit());
});
// Ctrl-C reaches every process of the terminal; the parent decides.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
