// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readdirSync } from 'node:fs';
import { recordedNames, runningPid } from './processes.mts';

/** Resident memory in bytes of one process of the network and of what it started; undefined where /proc is missing. */
export function residentBytes(name: string): number | undefined {
    const leader = runningPid(name);
    if (leader === undefined || process.platform !== 'linux') return undefined;
    return groupMembers(leader).reduce((sum, pid) => sum + residentBytesOf(pid), 0);
}

export function networkResidentBytes(): number {
    return recordedNames().reduce((sum, name) => sum + (residentBytes(name) ?? 0), 0);
}

/** Processes whose process group is the leader's: field 5 of /proc/PID/stat. */
function groupMembers(leader: number): number[] {
    const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
    return pids.map(Number).filter((pid) => {
        const stat = readProc(pid, 'stat');
        return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2] === String(leader);
    });
}

function residentBytesOf(pid: number): number {
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, 'status'))?.[1];
    return Number(kibibytes ?? 0) * 1024;
}

/** Empty when the process has ended in between. */
function readProc(pid: number, file: string): string {
    try {
        return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
    } catch {
        return '';
    }
}
