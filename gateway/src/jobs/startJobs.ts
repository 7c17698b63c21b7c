// SPDX-License-Identifier: Apache-2.0
import { type Machine } from './machine.js';
import { type JobRun, openSteps, runDue } from './runDue.js';
import { nextRunMs } from './schedule.js';

/** The time, and a sleep that ends early, without an error, when the signal says stop. */
interface Clock {
    readonly nowMs: () => number;
    readonly sleep: (ms: number, stop: AbortSignal) => Promise<void>;
}

/** One time through everything that is due. */
interface Round {
    readonly runs: readonly JobRun[];
    /** Why nothing could be run at all, such as a peer that does not answer. */
    readonly problem: string | undefined;
    readonly nextMs: number;
}

/** Longest sleep: a machine that was suspended looks at the time again. */
const SLEEP_MS_MAX = 60_000;

/**
 * Runs the steps every day until told to stop: first what was missed, then at their times; again after `retrySeconds`
 * while something that is due is open. A step that has begun is brought to its end.
 */
export async function startJobs(
    machine: Machine,
    { nowMs, sleep }: Clock,
    stop: AbortSignal,
    tell: (round: Round) => void,
): Promise<void> {
    const isStopped = (): boolean => stop.aborted;
    while (!isStopped()) {
        const round = await runRound(machine, nowMs);
        tell(round);
        const toldMs = nowMs();
        // A clock that was set back says nothing about the next time: everything is looked at again.
        while (!isStopped() && toldMs <= nowMs() && nowMs() < round.nextMs) {
            await sleep(Math.min(round.nextMs - nowMs(), SLEEP_MS_MAX), stop);
        }
    }
}

async function runRound(machine: Machine, nowMs: () => number): Promise<Round> {
    const { retrySeconds, timetable } = machine.settings;
    const retryMs = (): number => Math.min(nowMs() + retrySeconds * 1000, nextRunMs(nowMs(), timetable));
    try {
        const runs = await runDue(machine, nowMs());
        const isOpen = (await openSteps(machine, nowMs())).some(({ dueMs }) => dueMs <= nowMs());
        return { runs, problem: undefined, nextMs: isOpen ? retryMs() : nextRunMs(nowMs(), timetable) };
    } catch (error) {
        return { runs: [], problem: error instanceof Error ? error.message : String(error), nextMs: retryMs() };
    }
}
