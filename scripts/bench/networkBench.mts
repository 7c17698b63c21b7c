// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isListening } from '@power-currency/engine/localNetwork/readiness.js';
import { awaitOrdering, createChannel } from '../network/channel.mts';
import { peerEnvironment, runCommand } from '../network/commands.mts';
import {
    certificateAuthorityName,
    chaincodeName,
    networkDir,
    ordererName,
    peerName,
    projectDir,
} from '../network/consortium.mts';
import { deployChaincode } from '../network/deployment.mts';
import { bringUp, takeDown } from '../network/lifetime.mts';
import { openNetwork, type Network } from '../network/network.mts';
import { chaincodeSpec } from '../network/nodeSpecs.mts';
import { launch, runningPid, specOf, startProcess, stopProcess, type ProcessSpec } from '../network/processes.mts';
import { heading, step } from '../network/progress.mts';
import { measureCatchUp } from './catchUp.mts';
import { memoryOf, ProcessWatch, type Pids } from './counters.mts';
import { allocatedBytes } from './diskUse.mts';
import {
    median,
    percentile,
    type CatchUpFigures,
    type Load,
    type LoadFigures,
    type NetworkMemory,
} from './figures.mts';
import { LoadGenerator } from './loadGenerator.mts';
import { MANY_KEYS } from './loads.mts';
import { verificationUs } from './machine.mts';

const LOAD_PROCESS = 'load';

/** One network with the benchmark's chaincode on it, and what can be measured there. */
export class NetworkBench {
    readonly #network: Network;
    #generator: LoadGenerator | undefined;
    /** Transactions committed so far, those of the deployment left out. */
    #committed = 0;
    #diskBefore: { bytes: Readonly<Record<string, number>>; committed: number } | undefined;

    constructor(engine: string) {
        const options = { orderers: undefined, bft: false, faults: false, channel: undefined, chaincode: 'bench-put' };
        this.#network = openNetwork({ ...options, engine });
    }

    /** Brings everything up and waits until transactions commit. */
    async up(): Promise<{ engine: string; version: string; batchTimeoutMs: number }> {
        const { engine } = this.#network;
        heading(`${engine.kind === 'embedded' ? 'Embedded engine' : 'Hyperledger Fabric'} ${engine.version}`);
        await bringUp(this.#network);
        await step('channel', async (note) => {
            await createChannel(this.#network, note);
            await awaitOrdering(this.#network);
        });
        await step('benchmark chaincode', async (note) => {
            await deployChaincode(
                this.#network,
                { version: '1', sequence: undefined, process: putChaincodeSpec },
                note,
            );
        });
        this.#generator = new LoadGenerator(networkDir);
        // Hyperledger Fabric's peers learn of each other by gossip, which takes up to half a minute.
        await step('first transaction', () => this.#untilOneCommits(60_000));
        await step(`${String(MANY_KEYS)} keys`, async () => {
            this.#committed += await this.#load.fill(MANY_KEYS);
        });
        this.#diskBefore = { bytes: this.#diskBytes(), committed: this.#committed };
        return { engine: engine.kind, version: engine.version, batchTimeoutMs: batchTimeoutMs() };
    }

    async #untilOneCommits(deadlineMs: number): Promise<void> {
        const deadline = performance.now() + deadlineMs;
        for (;;) {
            const sample = await this.#load.run({ call: 'noop', keys: 1, inFlight: 1, warmUpSeconds: 0, seconds: 0.5 });
            this.#committed += sample.succeeded;
            if (sample.latenciesMs.length > 0 && sample.failures === 0) return;
            if (performance.now() > deadline) throw new Error(`no transaction commits: ${String(sample.firstFailure)}`);
        }
    }

    get #load(): LoadGenerator {
        if (!this.#generator) throw new Error('the network is not up');
        return this.#generator;
    }

    /** Offers a load and accounts for what each process used meanwhile. */
    async load(load: Load): Promise<LoadFigures> {
        let watch: ProcessWatch | undefined;
        let used: ReturnType<ProcessWatch['stop']> | undefined;
        const yardstickUs = verificationUs();
        const pids = { ...this.#pids(), [LOAD_PROCESS]: this.#load.pid };
        let memory: NetworkMemory | undefined;
        const { latenciesMs, succeeded, failures, firstFailure, seconds } = await this.#load.run(load, {
            begun: () => (watch = new ProcessWatch(pids)),
            ended: () => {
                used = watch?.stop();
                memory = this.#memory();
            },
        });
        if (load.call !== 'evaluate') this.#committed += succeeded;
        if (!used || !memory) throw new Error('the load process ended its run without saying so');
        const { cpuMs, residentMiB, othersCores } = used;
        const perCall = (name: string): number => (cpuMs[name] ?? 0) / latenciesMs.length;
        const figuresOf = (name: string): [string, { cpuMsPerCall: number; residentMiB: number }] => [
            name,
            { cpuMsPerCall: perCall(name), residentMiB: residentMiB[name] ?? NaN },
        ];
        return {
            ...{ inFlight: load.inFlight, calls: latenciesMs.length, failures, firstFailure, othersCores, memory },
            verificationUs: yardstickUs,
            perSecond: latenciesMs.length / seconds,
            p50Ms: percentile(latenciesMs, 0.5),
            p95Ms: percentile(latenciesMs, 0.95),
            p99Ms: percentile(latenciesMs, 0.99),
            processes: Object.fromEntries(Object.keys(pids).map(figuresOf)),
            engineCpuMsPerCall: this.#engineNames().reduce((sum, name) => sum + perCall(name), 0),
        };
    }

    /** What the processes use while nobody calls: CPU milliseconds per second, resident MiB. */
    async idle(seconds: number): Promise<{
        cpuMsPerSecond: Record<string, number>;
        residentMiB: Record<string, number>;
        memory: NetworkMemory;
    }> {
        const watch = new ProcessWatch(this.#pids());
        await sleep(seconds * 1000);
        const { cpuMs, residentMiB } = watch.stop();
        const perSecond = Object.entries(cpuMs).map(([name, ms]): [string, number] => [name, ms / seconds]);
        return { cpuMsPerSecond: Object.fromEntries(perSecond), residentMiB, memory: this.#memory() };
    }

    /** Bytes each process's files have grown by per transaction since the state was filled. */
    disk(): Promise<Record<string, number>> {
        const before = this.#diskBefore;
        if (!before) throw new Error('the network is not up');
        const grown = Object.entries(this.#diskBytes()).map(([name, bytes]): [string, number] => [
            name,
            (bytes - (before.bytes[name] ?? 0)) / (this.#committed - before.committed),
        ]);
        return Promise.resolve(Object.fromEntries(grown));
    }

    #diskBytes(): Record<string, number> {
        const sizes = this.#engineNames().map((name) => [name, allocatedBytes(join(networkDir, 'data', name))]);
        return Object.fromEntries(sizes) as Record<string, number>;
    }

    /** How fast an emptied peer gets the chain; it cannot endorse any more afterwards. */
    catchUp(): Promise<CatchUpFigures> {
        return measureCatchUp(this.#network, this.#committed);
    }

    /** Milliseconds from spawn until each peer's port accepts, started one at a time: median of `repeats` starts. */
    async starts(repeats: number): Promise<Record<string, number>> {
        const result: Record<string, number> = {};
        for (const organisation of this.#network.consortium.organisations) {
            const name = peerName(organisation);
            const samples: number[] = [];
            for (let count = 0; count < repeats; count++) samples.push(await restartedAfterMs(specOf(name)));
            result[name] = median(samples);
        }
        return result;
    }

    /** Milliseconds a whole run of everyday commands takes, median of `repeats`. */
    async commands(repeats: number): Promise<Record<string, number>> {
        const [organisation] = this.#network.consortium.organisations;
        if (!organisation) throw new Error('the network has no organisation');
        const result: Record<string, number> = {};
        for (const words of [['version'], ['channel', 'list']]) {
            const samples: number[] = [];
            for (let count = 0; count < repeats; count++) {
                const begun = performance.now();
                await runCommand(this.#network.engine, 'peer', words, peerEnvironment(organisation));
                samples.push(performance.now() - begun);
            }
            result[`peer ${words.join(' ')}`] = median(samples);
        }
        return result;
    }

    /** Ends a run in progress: its call fails. */
    stopLoad(): void {
        this.#generator?.stop();
    }

    async down(): Promise<void> {
        this.stopLoad();
        await takeDown();
    }

    #engineNames(): string[] {
        const { consortium, orderingOrganisations } = this.#network;
        return [...orderingOrganisations.map(ordererName), ...consortium.organisations.map(peerName)];
    }

    #memory(): NetworkMemory {
        const authorities = this.#network.consortium.organisations.map(certificateAuthorityName);
        return memoryOf([...Object.values(this.#pids()), ...authorities.map(pidOf)]);
    }

    #pids(): Pids {
        const names = [...this.#engineNames(), ...this.#network.consortium.organisations.map(chaincodeName)];
        return Object.fromEntries(names.map((name) => [name, pidOf(name)]));
    }
}

function pidOf(name: string): number {
    const pid = runningPid(name);
    if (pid === undefined) throw new Error(`${name} does not run any more; its log is in the network's folder`);
    return pid;
}

/** In place of our own chaincode, with its ports and certificates, and without the supervisor. */
function putChaincodeSpec(...args: Parameters<typeof chaincodeSpec>): ProcessSpec {
    const command = [process.execPath, '--max-semi-space-size=8', '--disable-warning=ExperimentalWarning'];
    return { ...chaincodeSpec(...args), command: [...command, join(projectDir, 'scripts/bench/putChaincode.mts')] };
}

async function restartedAfterMs(spec: ProcessSpec): Promise<number> {
    await stopProcess(spec.name);
    const begun = performance.now();
    launch(spec);
    while (!(await isListening(spec.ports[0] ?? 0))) {
        if (performance.now() - begun > 30_000) throw new Error(`${spec.name} does not listen after 30 s`);
        await sleep(1);
    }
    const listensAfterMs = performance.now() - begun;
    await stopProcess(spec.name);
    await startProcess(spec, 30_000);
    return listensAfterMs;
}

function batchTimeoutMs(): number {
    const text = readFileSync(join(projectDir, 'network/configtx.yaml'), 'utf8');
    const milliseconds = /BatchTimeout: (\d+)ms/.exec(text)?.[1];
    if (milliseconds === undefined) throw new Error('network/configtx.yaml gives no BatchTimeout in ms');
    return Number(milliseconds);
}
