// SPDX-License-Identifier: Apache-2.0
import { groupMembers, readProc } from './processGroup.mts';
import { recordedNames, runningPid } from './processes.mts';

/** Resident memory in bytes of one process of the network and of what it started; undefined where /proc is missing. */
export function residentBytes(name: string): number | undefined {
    const leader = runningPid(name);
    if (leader === undefined || process.platform !== 'linux') return undefined;
    return groupMembers(leader).reduce((sum, { pid }) => sum + residentBytesOf(pid), 0);
}

export function networkResidentBytes(): number {
    return recordedNames().reduce((sum, name) => sum + (residentBytes(name) ?? 0), 0);
}

function residentBytesOf(pid: number): number {
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, 'status'))?.[1];
    return Number(kibibytes ?? 0) * 1024;
}
