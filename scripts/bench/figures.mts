// SPDX-License-Identifier: Apache-2.0
import type { CommittedLoad } from './loads.mts';

/** A closed loop: `inFlight` callers, each of which calls again as soon as it has its answer. */
export interface Load {
    readonly call: 'noop' | 'put' | 'evaluate';
    /** How many keys the puts are spread over. */
    readonly keys: number;
    readonly inFlight: number;
    readonly warmUpSeconds: number;
    readonly seconds: number;
}

/** Writes so many keys once. */
export interface Fill {
    readonly fill: number;
}

export interface Filled {
    /** Transactions it took. */
    readonly filledBy: number;
}

/** What the load process saw between the end of the warm-up and the end of the run. */
export interface LoadSample {
    /** One per call that succeeded within the time: milliseconds from building the proposal to its commit or answer. */
    readonly latenciesMs: readonly number[];
    /** Calls that succeeded at any time, the warm-up included. */
    readonly succeeded: number;
    readonly failures: number;
    readonly firstFailure: string | undefined;
    readonly seconds: number;
}

interface ProcessFigures {
    /** User and system time, in milliseconds, per transaction (or evaluation). */
    readonly cpuMsPerCall: number;
    /** Largest resident size seen during the run. */
    readonly residentMiB: number;
}

export interface NetworkMemory {
    /** Resident sizes added up: pages that several processes share are counted in each. */
    readonly residentMiB: number;
    /** Proportional sizes added up: a page that several processes share counts once (proc(5), smaps_rollup). */
    readonly proportionalMiB: number;
}

export interface LoadFigures {
    readonly inFlight: number;
    readonly calls: number;
    readonly failures: number;
    readonly firstFailure: string | undefined;
    readonly perSecond: number;
    readonly p50Ms: number;
    readonly p95Ms: number;
    readonly p99Ms: number;
    readonly processes: Readonly<Record<string, ProcessFigures>>;
    /** All processes of the network at the end of the run, its CAs included, the load process not. */
    readonly memory: NetworkMemory;
    /** Orderer and peers together. */
    readonly engineCpuMsPerCall: number;
    /** Processor cores that other programs of this machine used meanwhile: what disturbed the run. */
    readonly othersCores: number;
    /** CPU microseconds of one signature verification right before: how fast the machine was just then. */
    readonly verificationUs: number;
}

/** How a peer that joins late gets the whole chain. */
export interface CatchUpFigures {
    readonly blocks: number;
    /** Transactions of the loads and of the preparation; the dozen of the deployment are left out. */
    readonly transactions: number;
    readonly seconds: number;
    readonly blocksPerSecond: number;
    readonly transactionsPerSecond: number;
    readonly cpuUsPerTransaction: number;
}

/** One run of `./test-network.sh up deployCC`, with our own chaincode, on nothing. */
export interface StartUpFigures {
    /** From the shell's start of the command to its end. */
    readonly seconds: number;
    /** As the command printed them, rounded to a tenth of a second. */
    readonly stepSeconds: Readonly<Record<string, number>>;
    /** User and system time of the script and of every command it ran. */
    readonly commandsCpuSeconds: number;
    /** The same of the network's processes, together, when the command had ended. */
    readonly processesCpuSeconds: number;
    readonly memory: NetworkMemory;
    /** Load average of the last minute right before. */
    readonly loadBefore: number;
}

/** Everything measured on one network; one entry per round in each list. */
export interface NetworkFigures {
    readonly engine: string;
    readonly version: string;
    readonly startUp: readonly StartUpFigures[];
    readonly committed: Readonly<Record<CommittedLoad, readonly LoadFigures[]>>;
    readonly evaluate: readonly LoadFigures[];
    /** One put at a time. */
    readonly lone: readonly LoadFigures[];
    readonly batchTimeoutMs: number;
    /** Spawn until the port accepts, with the ledger of this run; median of several starts, by process. */
    readonly listensAfterMs: Readonly<Record<string, number>>;
    /** Time of a whole run of the command, median. */
    readonly commandMs: Readonly<Record<string, number>>;
    /** CPU milliseconds per second of a network that nobody uses, by process. */
    readonly idleCpuMsPerSecond: Readonly<Record<string, number>>;
    readonly idleResidentMiB: Readonly<Record<string, number>>;
    readonly idleMemory: NetworkMemory;
    /** Growth of the data folders over all rounds, by process, divided by the committed transactions of all loads. */
    readonly diskBytesPerTransaction: Readonly<Record<string, number>>;
    readonly catchUp: CatchUpFigures;
}

/** The value below which the share of the samples lies (nearest rank); NaN when there are none. */
export function percentile(samples: readonly number[], share: number): number {
    const sorted = samples.toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
