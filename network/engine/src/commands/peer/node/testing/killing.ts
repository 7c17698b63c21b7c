// SPDX-License-Identifier: Apache-2.0
import type { NodeProcess } from './nodeProcess.js';

/** How often each fault point kills its process; `npm run faults -- --times N` sets it. */
export const killsPerPoint = Number(process.env.POWER_FAULT_TIMES ?? '1');

/** The environment in which a process is killed, as by `kill -9`, when it reaches a point for the `time`-th time. */
export function killedAt(point: string, time: number): NodeJS.ProcessEnv {
    return { POWER_FAULTS_TOKEN: 'a token for tests only', POWER_FAULTS_AT: `${point}=kill:${String(time)}` };
}

/** Starts a process that is going to be killed, perhaps before it is ready. */
export async function startUntilReadyOrKilled(node: NodeProcess, env: NodeJS.ProcessEnv): Promise<void> {
    try {
        await node.start(env);
    } catch (error) {
        if ((await node.gone) !== 'SIGKILL') throw error;
    }
}

/** Throws when the process was not killed at its point but ended otherwise, or lives on. */
export async function untilKilled(node: NodeProcess): Promise<void> {
    const timer = setTimeout(() => void node.end('SIGTERM'), 20_000);
    const signal = await node.gone;
    clearTimeout(timer);
    if (signal !== 'SIGKILL') throw new Error(`the process was not killed at its fault point: ${node.output}`);
}
