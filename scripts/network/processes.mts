// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import {
    closeSync,
    existsSync,
    mkdirSync,
    openSync,
    readFileSync,
    readdirSync,
    renameSync,
    rmSync,
    writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isListening, isReady } from '@power-currency/engine/localNetwork/readiness.js';
import { networkDir } from './consortium.mts';
import { groupMembers } from './processGroup.mts';
import { StepFailure } from './progress.mts';

/** All that is needed to start a process again as it was. */
export interface ProcessSpec {
    readonly name: string;
    readonly command: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
    /** Ports it listens on; checked to be free before it starts, waited for after. */
    readonly ports: readonly number[];
    /** An operations port whose /healthz must say OK before the process counts as ready. */
    readonly healthPort?: number;
}

interface ProcessRecord {
    readonly spec: ProcessSpec;
    readonly pid: number;
    /** Kernel start time of the process: a reused pid has another one. */
    readonly startTicks: string;
}

const processesDir = join(networkDir, 'processes');
export const logFile = (name: string): string => join(networkDir, 'logs', `${name}.log`);

const recordFile = (name: string): string => join(processesDir, `${name}.json`);

export function recordedNames(): string[] {
    if (!existsSync(processesDir)) return [];
    return readdirSync(processesDir)
        .filter((file) => file.endsWith('.json'))
        .map((file) => file.slice(0, -'.json'.length))
        .sort();
}

function readRecord(name: string): ProcessRecord | undefined {
    if (!existsSync(recordFile(name))) return undefined;
    try {
        return JSON.parse(readFileSync(recordFile(name), 'utf8')) as ProcessRecord;
    } catch {
        // A damaged record is none: `down` must still be able to take the rest down.
        return undefined;
    }
}

export function specOf(name: string): ProcessSpec {
    const record = readRecord(name);
    if (!record) {
        const names = recordedNames().join(', ');
        throw new StepFailure(`There is no process "${name}" in this network.`, names && `Choose one of: ${names}.`);
    }
    return record.spec;
}

/** The pid of a process of ours that is alive, or undefined. */
export function runningPid(name: string): number | undefined {
    const record = readRecord(name);
    if (!record) return undefined;
    return startTicks(record.pid) === record.startTicks ? record.pid : undefined;
}

/** Field 22 of /proc/PID/stat; where there is no /proc, whether the pid answers at all. A zombie counts as gone. */
function startTicks(pid: number): string | undefined {
    try {
        const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
        if (process.platform === 'linux') return undefined;
        try {
            process.kill(pid, 0);
            return 'alive';
        } catch {
            return undefined;
        }
    }
}

/** Starts a process of the network unless it runs already, and waits until it is ready. */
export async function startProcess(spec: ProcessSpec, deadlineMs = 20_000): Promise<void> {
    if (runningPid(spec.name) !== undefined) return;
    await stopOrphans(spec.name);
    await assertPortsFree(spec);
    launch(spec);
    await waitUntilReady(spec, deadlineMs);
}

/** Starts a process and records it, without waiting for it. */
export function launch(spec: ProcessSpec): void {
    mkdirSync(processesDir, { recursive: true });
    mkdirSync(join(networkDir, 'logs'), { recursive: true });
    const log = openSync(logFile(spec.name), 'a');
    const [command = '', ...args] = spec.command;
    const child = spawn(command, args, {
        cwd: networkDir,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...spec.environment },
        detached: true,
        stdio: ['ignore', log, log],
    });
    // A command that cannot be started shows as a process that is not there when readiness is asked for.
    child.on('error', () => undefined);
    child.unref();
    closeSync(log);
    const pid = child.pid ?? 0;
    writeRecord({ spec, pid, startTicks: startTicks(pid) ?? '' });
}

/** Records a process that does not run, so that it can be started. */
export function recordStopped(spec: ProcessSpec): void {
    mkdirSync(processesDir, { recursive: true });
    writeRecord({ spec, pid: 0, startTicks: '' });
}

/** Drops the record of a process that does not run. */
export function forgetProcess(name: string): void {
    rmSync(recordFile(name), { force: true });
}

function writeRecord(record: ProcessRecord): void {
    const file = recordFile(record.spec.name);
    // As a whole: whoever interrupts this leaves the old record or the new one.
    writeFileSync(`${file}.new`, JSON.stringify(record, null, 2));
    renameSync(`${file}.new`, file);
}

async function waitUntilReady(spec: ProcessSpec, deadlineMs: number): Promise<void> {
    const deadline = performance.now() + deadlineMs;
    while (performance.now() < deadline) {
        if (runningPid(spec.name) === undefined) throw failure(spec.name, 'stopped right after it was started');
        if (await isReady(spec)) return;
        await sleep(25);
    }
    throw failure(spec.name, `was not ready within ${String(deadlineMs / 1000)} s`);
}

/** A failure that carries the end of the process's log. */
function failure(name: string, what: string): StepFailure {
    return new StepFailure(`${name} ${what}.`, `Last lines of ${logFile(name)}:\n${lastLines(name, 12)}`);
}

function lastLines(name: string, count: number): string {
    if (!existsSync(logFile(name))) return '(no log)';
    const lines = readFileSync(logFile(name), 'utf8').trimEnd().split('\n');
    return lines
        .slice(-count)
        .map((line) => `    ${line}`)
        .join('\n');
}

async function assertPortsFree(spec: ProcessSpec): Promise<void> {
    for (const port of spec.ports) {
        if (await isListening(port)) {
            throw new StepFailure(
                `Port ${String(port)}, which ${spec.name} needs, is taken by another process.`,
                'Stop that process, or run a network beside it with POWER_PORT_OFFSET=20000 and a POWER_NETWORK_DIR of its own.',
            );
        }
    }
}

/** Stops a process and what it started; its record stays, so that it can be started again. */
export async function stopProcess(name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<boolean> {
    const pid = runningPid(name);
    if (pid === undefined) return stopOrphans(name);
    signalGroup(pid, signal);
    const deadline = performance.now() + 4000;
    while (runningPid(name) !== undefined) {
        if (performance.now() > deadline) signalGroup(pid, 'SIGKILL');
        await sleep(20);
    }
    await portsReleased(name, deadline);
    return true;
}

/** What a process that was killed has left behind: members of its group, which nobody else can have joined. */
async function stopOrphans(name: string): Promise<boolean> {
    const record = readRecord(name);
    // Without a pid of its own (never started) there is no group; group 0 would be everybody's.
    const hasGroup = record !== undefined && record.pid > 0 && startTicks(record.pid) === undefined;
    const orphans = hasGroup ? groupMembers(record.pid) : [];
    const isOurs = orphans.every((member) => Number(member.startTicks) >= Number(record?.startTicks));
    if (record === undefined || orphans.length === 0 || !isOurs) return false;
    signalGroup(record.pid, 'SIGKILL');
    const deadline = performance.now() + 4000;
    while (groupMembers(record.pid).length > 0 && performance.now() < deadline) await sleep(20);
    await portsReleased(name, deadline);
    return true;
}

/** The first thread of a process may be gone while others still hold its ports; a restart needs them free. */
async function portsReleased(name: string, deadline: number): Promise<void> {
    const { ports } = specOf(name);
    while (performance.now() < deadline && (await Promise.all(ports.map(isListening))).some(Boolean)) await sleep(20);
}

/** Each process leads a group of its own, so only what it started is signalled. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
    try {
        process.kill(-pid, signal);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
}
