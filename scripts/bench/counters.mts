// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import type { NetworkMemory } from './figures.mts';

/** The unit of times in /proc: USER_HZ is 100 on every Linux that Node supports (proc(5)). */
const MS_PER_TICK = 10;

/** User and system time a process has used so far, in milliseconds (fields 14 and 15 of /proc/PID/stat). */
export function cpuMs(pid: number): number {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

function residentMiB(pid: number): number {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) / 1024;
}

/** What the processes hold just now, added up. */
export function memoryOf(pids: readonly number[]): NetworkMemory {
    const rollups = pids.map((pid) => readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8'));
    const sum = (field: RegExp): number =>
        rollups.reduce((total, rollup) => total + Number(field.exec(rollup)?.[1] ?? NaN) / 1024, 0);
    return { residentMiB: sum(/^Rss:\s+(\d+) kB$/m), proportionalMiB: sum(/^Pss:\s+(\d+) kB$/m) };
}

/** Time all processors together have been busy since the machine started, in milliseconds. */
function machineBusyMs(): number {
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] =
        readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/).slice(1).map(Number) ?? [];
    return (user + nice + system + irq + softirq) * MS_PER_TICK;
}

export type Pids = Readonly<Record<string, number>>;

/** Watches processes between its making and `stop`: CPU used, and the largest resident size. */
export class ProcessWatch {
    readonly #pids: Pids;
    readonly #cpuBefore: ReadonlyMap<string, number>;
    readonly #busyBefore = machineBusyMs();
    readonly #begun = performance.now();
    readonly #resident = new Map<string, number>();
    readonly #timer: NodeJS.Timeout;

    constructor(pids: Pids) {
        this.#pids = pids;
        this.#cpuBefore = new Map(Object.entries(pids).map(([name, pid]) => [name, cpuMs(pid)]));
        this.#sampleResident();
        this.#timer = setInterval(() => this.#sampleResident(), 500);
    }

    #sampleResident(): void {
        for (const [name, pid] of Object.entries(this.#pids)) {
            this.#resident.set(name, Math.max(this.#resident.get(name) ?? 0, residentMiB(pid)));
        }
    }

    /** CPU milliseconds and resident MiB by process, and how many cores other programs used meanwhile. */
    stop(): { cpuMs: Record<string, number>; residentMiB: Record<string, number>; othersCores: number } {
        clearInterval(this.#timer);
        this.#sampleResident();
        const used = Object.entries(this.#pids).map(([name, pid]): [string, number] => [
            name,
            cpuMs(pid) - (this.#cpuBefore.get(name) ?? 0),
        ]);
        const own = used.reduce((sum, [, ms]) => sum + ms, 0);
        const others = (machineBusyMs() - this.#busyBefore - own) / (performance.now() - this.#begun);
        return {
            cpuMs: Object.fromEntries(used),
            residentMiB: Object.fromEntries(this.#resident),
            othersCores: Math.max(0, others),
        };
    }
}
