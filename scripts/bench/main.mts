// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { reportFailure, say, step } from '../network/progress.mts';
import type { Load, LoadFigures, NetworkFigures, StartUpFigures } from './figures.mts';
import { compare } from './goals.mts';
import { committedLoadNames, committedLoads, MAIN_LOAD, type CommittedLoad } from './loads.mts';
import { describeMachine } from './machine.mts';
import { parseOptions, usage, type BenchOptions } from './options.mts';
import { RemoteNetwork } from './remoteNetwork.mts';
import { reportText } from './report.mts';
import { measureStartUp } from './startUp.mts';
import { isReached, targets } from './targets.mts';

/** Beside the default network and beside the one of the tests; two engines differ by the second. */
const FIRST_PORT_OFFSET = 15_000;
const PORT_OFFSET_STEP = 500;
/** Before the first round: Node compiles what it runs often, and takes a thousand transactions to get there. */
const FIRST_WARM_UP_SECONDS = 12;
const LONE_TRANSACTIONS = 20;
const EVALUATE: Load = { call: 'evaluate', keys: 1, inFlight: 50, warmUpSeconds: 1, seconds: 4 };
const REPEATS = 5;

interface OpenNetwork {
    readonly name: string;
    readonly remote: RemoteNetwork;
}

interface Rounds {
    readonly committed: Record<CommittedLoad, LoadFigures[]>;
    readonly lone: LoadFigures[];
    readonly evaluate: LoadFigures[];
}

const dir = mkdtempSync(join(tmpdir(), 'power-bench-'));
const networks: OpenNetwork[] = [];

async function measure(options: BenchOptions): Promise<NetworkFigures[]> {
    const startUps = await measureStartUps(options);
    const described = [];
    for (const [index, engine] of options.engines.entries()) {
        const remote = new RemoteNetwork(engine, join(dir, engine), FIRST_PORT_OFFSET + index * PORT_OFFSET_STEP);
        networks.push({ name: engine, remote });
        described.push(await remote.call('up'));
    }
    const idle = [];
    for (const { name, remote } of networks) {
        idle.push(await step(`${name}: idle`, () => remote.call('idle', 5)));
    }
    await warmUp(options);
    const rounds = await runRounds(
        options,
        described.map(({ batchTimeoutMs }) => batchTimeoutMs),
    );
    const figures: NetworkFigures[] = [];
    for (const [index, { name, remote }] of networks.entries()) {
        const [description, startUp, quiet, collected] = [
            described[index],
            startUps[index],
            idle[index],
            rounds[index],
        ];
        if (!description || !startUp || !quiet || !collected) throw new Error(`${name} was not measured`);
        figures.push({
            ...{ ...description, ...collected, startUp },
            idleCpuMsPerSecond: quiet.cpuMsPerSecond,
            idleResidentMiB: quiet.residentMiB,
            idleMemory: quiet.memory,
            diskBytesPerTransaction: await remote.call('disk'),
            commandMs: await step(`${name}: commands`, () => remote.call('commands', REPEATS)),
            listensAfterMs: await step(`${name}: starts`, () => remote.call('starts', REPEATS)),
            catchUp: await step(`${name}: an emptied peer catches up`, () => remote.call('catchUp')),
        });
    }
    return figures;
}

async function runRounds(options: BenchOptions, batchTimeoutsMs: readonly number[]): Promise<Rounds[]> {
    const rounds = networks.map((): Rounds => ({ committed: noRounds(), lone: [], evaluate: [] }));
    for (let round = 1; round <= options.rounds; round++) {
        // Embedded, Fabric, embedded, Fabric …: whatever else the machine does disturbs both alike.
        for (const [index, network] of networks.entries()) {
            const collected = rounds[index];
            const label = `${network.name}: round ${String(round)} of ${String(options.rounds)}`;
            if (collected) await runRound(network.remote, label, options, batchTimeoutsMs[index] ?? NaN, collected);
        }
    }
    return rounds;
}

const noRounds = (): Rounds['committed'] =>
    Object.fromEntries(committedLoadNames.map((name) => [name, []])) as unknown as Rounds['committed'];

/** Each engine in turns, before any other network of ours runs. */
async function measureStartUps({ engines, rounds }: BenchOptions): Promise<StartUpFigures[][]> {
    const startUps = engines.map((): StartUpFigures[] => []);
    for (let round = 1; round <= rounds; round++) {
        for (const [index, engine] of engines.entries()) {
            const place = { dir: join(dir, `${engine}-start`), portOffset: FIRST_PORT_OFFSET };
            await step(`${engine}: up and deploy, ${String(round)} of ${String(rounds)}`, async (note) => {
                const measured = measureStartUp(engine, place);
                startUp = measured;
                const figures = await measured;
                note(`${figures.seconds.toFixed(1)} s, ${figures.memory.proportionalMiB.toFixed(0)} MiB`);
                startUps[index]?.push(figures);
            });
        }
    }
    return startUps;
}

/** The network that is being started; it is taken down by whoever starts it. */
let startUp: Promise<unknown> = Promise.resolve();

async function warmUp({ inFlight }: BenchOptions): Promise<void> {
    for (const { name, remote } of networks) {
        const load = { ...committedLoads[MAIN_LOAD], inFlight, warmUpSeconds: 0, seconds: FIRST_WARM_UP_SECONDS };
        await step(`${name}: warm-up`, () => remote.call('load', load));
    }
}

async function runRound(
    remote: RemoteNetwork,
    label: string,
    { inFlight, seconds, warmUpSeconds }: BenchOptions,
    batchTimeoutMs: number,
    collected: Rounds,
): Promise<void> {
    const loneSeconds = (LONE_TRANSACTIONS * (batchTimeoutMs + 50)) / 1000;
    const lone = { call: 'put', keys: 1, inFlight: 1, warmUpSeconds: 1, seconds: loneSeconds } as const;
    collected.lone.push(await step(`${label}, one at a time`, (note) => noted(remote, lone, note)));
    for (const name of committedLoadNames) {
        const load = { ...committedLoads[name], inFlight, warmUpSeconds, seconds };
        const title = `${label}, ${name}`;
        collected.committed[name].push(await step(title, (note) => noted(remote, load, note)));
    }
    collected.evaluate.push(await step(`${label}, evaluate`, (note) => noted(remote, EVALUATE, note)));
}

async function noted(remote: RemoteNetwork, load: Load, note: (text: string) => void): Promise<LoadFigures> {
    const figures = await remote.call('load', load);
    const { calls, failures, firstFailure } = figures;
    if (calls === 0) throw new Error(`no call succeeded: ${String(firstFailure)}`);
    const failed = failures === 0 ? '' : `, ${String(failures)} failed: ${String(firstFailure)}`;
    note(`${figures.perSecond.toFixed(0)}/s, p99 ${figures.p99Ms.toFixed(0)} ms${failed}`);
    return figures;
}

let cleaning: Promise<void> | undefined;

function cleanUp(): Promise<void> {
    const started = startUp.catch(() => undefined);
    cleaning ??= Promise.all([started, ...networks.map(({ remote }) => remote.close())]).then(() => {
        rmSync(dir, { recursive: true, force: true });
    });
    return cleaning;
}

async function main(words: readonly string[]): Promise<number> {
    const options = parseOptions(words);
    if (!options) {
        say(usage);
        return 0;
    }
    const machine = describeMachine();
    const figures = await measure(options);
    await cleanUp();
    const [embedded, fabric] = figures;
    const comparisons = embedded && fabric ? compare(embedded, fabric) : [];
    say(`\n${reportText(machine, figures, comparisons)}`);
    if (options.json !== undefined) {
        const judged = figures.map((network) => ({
            ...network,
            targets: targets.map((target) => ({
                ...{ what: target.what, unit: target.unit, ...target.wanted },
                ...{ measured: target.measured(network), reached: isReached(target, network) },
            })),
        }));
        // npm runs scripts in the project's folder; the file belongs where the user is.
        const file = resolve(process.env.INIT_CWD ?? process.cwd(), options.json);
        writeFileSync(file, `${JSON.stringify({ machine, options, comparisons, networks: judged }, null, 2)}\n`);
    }
    return 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
        say('\nStopping; taking the network down …');
        void cleanUp().finally(() => process.exit(130));
    });
}
try {
    process.exitCode = await main(process.argv.slice(2));
} catch (error) {
    if (!cleaning) reportFailure(error, false);
    process.exitCode = 1;
} finally {
    await cleanUp();
}
