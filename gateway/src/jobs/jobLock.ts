// SPDX-License-Identifier: Apache-2.0
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kill, pid as ownPid } from 'node:process';
import { Failure } from '../application/failure.js';

/** Locks this process holds: in a container, the next process often has the id of the one that crashed. */
const held = new Set<string>();

/**
 * Takes the folder for one scheduler alone, and returns how to give it back. A lock whose process has ended is taken
 * over.
 *
 * @throws Failure JOBS_RUNNING
 */
export function lockJobs(folder: string): () => void {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'jobs.lock');
    const own = `${file}.${String(ownPid)}`;
    try {
        writeFileSync(own, String(ownPid));
        if (!linked(own, file)) {
            takeOver(file, own);
        }
    } finally {
        rmSync(own, { force: true });
    }
    held.add(file);
    return () => {
        held.delete(file);
        if (existsSync(file) && readFileSync(file, 'utf8') === String(ownPid)) {
            rmSync(file);
        }
    };
}

/** A link is made whole or not at all, so that nobody ever reads a lock without its process. */
function linked(own: string, file: string): boolean {
    try {
        linkSync(own, file);
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
            return false;
        }
        throw error;
    }
}

function takeOver(file: string, own: string): void {
    const found = readFileSync(file, 'utf8');
    const holder = Number(found);
    const aside = `${own}.ended`;
    if (holder === ownPid ? !held.has(file) : !isRunning(holder)) {
        renameSync(file, aside);
        const isEndedOne = readFileSync(aside, 'utf8') === found;
        // Another process may have taken over in between: then its lock is put back.
        const isTaken = linked(isEndedOne ? own : aside, file);
        rmSync(aside);
        if (isEndedOne && isTaken) {
            return;
        }
    }
    throw new Failure('JOBS_RUNNING', { file, pid: holder });
}

function isRunning(pid: number): boolean {
    if (!Number.isSafeInteger(pid) || pid < 1) {
        return false;
    }
    try {
        return kill(pid, 0);
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
}
