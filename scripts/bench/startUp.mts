// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectDir } from '../network/consortium.mts';
import { groupMembers } from '../network/processGroup.mts';
import { cpuMs, memoryOf } from './counters.mts';
import type { StartUpFigures } from './figures.mts';

interface Place {
    readonly dir: string;
    readonly portOffset: number;
}

/** Brings a network up with the command that users type, looks at it, and takes it down. */
export async function measureStartUp(engine: string, place: Place): Promise<StartUpFigures> {
    const loadBefore = loadavg()[0] ?? NaN;
    try {
        const begun = performance.now();
        const { stdout, stderr } = await testNetwork(place, ['up', 'deployCC', '-engine', engine]);
        const seconds = (performance.now() - begun) / 1000;
        const pids = networkPids(place.dir);
        return {
            ...{ seconds, loadBefore },
            stepSeconds: stepSeconds(stdout),
            commandsCpuSeconds: timed(stderr, 'user') + timed(stderr, 'sys'),
            processesCpuSeconds: pids.reduce((sum, pid) => sum + cpuMs(pid), 0) / 1000,
            memory: memoryOf(pids),
        };
    } finally {
        await testNetwork(place, ['down']);
    }
}

/** Runs the command under `time`, which counts what it and its children used. */
async function testNetwork(
    { dir, portOffset }: Place,
    words: readonly string[],
): Promise<{ stdout: string; stderr: string }> {
    const script = join(projectDir, 'test-network.sh');
    const child = spawn('bash', ['-c', 'TIMEFORMAT="user %U sys %S"; time "$0" "$@"', script, ...words], {
        env: { ...process.env, NODE_OPTIONS: '', POWER_NETWORK_DIR: dir, POWER_PORT_OFFSET: String(portOffset) },
        stdio: ['ignore', 'pipe', 'pipe'],
        // Ctrl-C of a terminal must not stop it half way: it is waited for and taken down.
        detached: true,
    });
    const ended = once(child, 'exit') as Promise<[number | null]>;
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = await ended;
    if (code !== 0) throw new Error(`test-network.sh ${words.join(' ')} failed:\n${stdout}${stderr}`);
    return { stdout, stderr };
}

function stepSeconds(stdout: string): Record<string, number> {
    const steps: Record<string, number> = {};
    for (const [, name = '', took] of stdout.matchAll(/^ {2}✓ (.+?) +(\d+\.\d) s/gm)) steps[name] = Number(took);
    return steps;
}

/** Seconds of a word that `time` printed. */
function timed(output: string, word: 'user' | 'sys'): number {
    return Number(new RegExp(`\\b${word} ([\\d.]+)`).exec(output)?.[1] ?? NaN);
}

/** Every process of the network, with what those started themselves. */
function networkPids(dir: string): number[] {
    const records = join(dir, 'processes');
    const files = existsSync(records) ? readdirSync(records).filter((file) => file.endsWith('.json')) : [];
    return files.flatMap((file) => {
        const { pid } = JSON.parse(readFileSync(join(records, file), 'utf8')) as { pid: number };
        return groupMembers(pid).map((member) => member.pid);
    });
}
