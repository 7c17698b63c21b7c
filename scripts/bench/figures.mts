// SPDX-License-Identifier: Apache-2.0

/** A closed loop: `inFlight` callers, each of which calls again as soon as it has its answer. */
export interface Load {
    readonly call: 'submit' | 'evaluate';
    readonly inFlight: number;
    readonly warmUpSeconds: number;
    readonly seconds: number;
}

/** What the load process saw between the end of the warm-up and the end of the run. */
export interface LoadSample {
    /** One per call that succeeded within the time: milliseconds from building the proposal to its commit or answer. */
    readonly latenciesMs: readonly number[];
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
    /** Orderer and peers together. */
    readonly engineCpuMsPerCall: number;
    /** Processor cores that other programs of this machine used meanwhile: what disturbed the run. */
    readonly othersCores: number;
    /** CPU microseconds of one signature verification right before: how fast the machine was just then. */
    readonly verificationUs: number;
}

/** Everything measured on one network; one entry per round in `load` and `evaluate`. */
export interface NetworkFigures {
    readonly engine: string;
    readonly version: string;
    readonly load: readonly LoadFigures[];
    readonly evaluate: readonly LoadFigures[];
    /** One transaction at a time. */
    readonly lone: readonly LoadFigures[];
    readonly batchTimeoutMs: number;
    /** Spawn until the port accepts, with the ledger of this run; median of several starts, by process. */
    readonly listensAfterMs: Readonly<Record<string, number>>;
    /** Time of a whole run of the command, median. */
    readonly commandMs: Readonly<Record<string, number>>;
    /** CPU milliseconds per second of a network that nobody uses, by process. */
    readonly idleCpuMsPerSecond: Readonly<Record<string, number>>;
    readonly idleResidentMiB: Readonly<Record<string, number>>;
}

/** The value below which the share of the samples lies (nearest rank); NaN when there are none. */
export function percentile(samples: readonly number[], share: number): number {
    const sorted = samples.toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
