// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readdirSync } from 'node:fs';

interface GroupMember {
    readonly pid: number;
    /** Kernel start time in clock ticks since boot. */
    readonly startTicks: string;
}

/** The live processes of a process group, as /proc/PID/stat has them: state, group and start time are fields 3, 5 and 22. */
export function groupMembers(leader: number): GroupMember[] {
    const pids = readProcessList().filter((entry) => /^\d+$/.test(entry));
    return pids.flatMap((entry) => {
        const stat = readProc(Number(entry), 'stat');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const isMember = fields[2] === String(leader) && fields[0] !== 'Z';
        return isMember ? [{ pid: Number(entry), startTicks: fields[19] ?? '' }] : [];
    });
}

/** Empty where there is no /proc. */
function readProcessList(): string[] {
    try {
        return readdirSync('/proc');
    } catch {
        return [];
    }
}

/** Empty when the process has ended in between. */
export function readProc(pid: number, file: string): string {
    try {
        return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
    } catch {
        return '';
    }
}
