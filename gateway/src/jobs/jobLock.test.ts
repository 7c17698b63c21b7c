// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pid, ppid } from 'node:process';
import { lockJobs } from './jobLock.js';

let folder: string;
const lock = (): string => join(folder, 'jobs.lock');

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'power-jobs-'));
});
afterEach(() => {
    rmSync(folder, { recursive: true });
});

it('is held by its process until it is given back, and leaves nothing behind', () => {
    const unlock = lockJobs(folder);
    expect(readFileSync(lock(), 'utf8')).toBe(String(pid));
    expect(() => lockJobs(folder)).toThrow('JOBS_RUNNING');
    unlock();
    expect(readdirSync(folder)).toEqual([]);
    lockJobs(folder)();
    const other = lockJobs(folder);
    rmSync(lock());
    other();
});

it('of a process that runs is not taken', () => {
    writeFileSync(lock(), String(ppid));
    expect(() => lockJobs(folder)).toThrow(`JOBS_RUNNING (file: ${lock()}, pid: ${String(ppid)})`);
    expect(readFileSync(lock(), 'utf8')).toBe(String(ppid));
});

it.each(['99999999', '', 'nonsense'])('of a process that ended is taken over (%p)', (holder) => {
    writeFileSync(lock(), holder);
    lockJobs(folder)();
    expect(existsSync(lock())).toBe(false);
});

it('of a process that crashed with the id this one has now is taken over', () => {
    writeFileSync(lock(), String(pid));
    lockJobs(folder)();
    expect(existsSync(lock())).toBe(false);
});
