// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networkDir } from './consortium.mts';
import { StepFailure } from './progress.mts';

/** Beside the network, not in it: `down` removes the network's folder while it holds the lock. */
const lockFile = join(
    tmpdir(),
    `power-network-${createHash('sha256').update(networkDir).digest('hex').slice(0, 16)}.lock`,
);

/** Runs `work` while no other command changes this network; a lock whose holder is gone is taken over. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
    take();
    try {
        return await work();
    } finally {
        rmSync(lockFile, { force: true });
    }
}

function take(): void {
    if (write()) return;
    const holder = Number(readFileSync(lockFile, 'utf8'));
    if (isAlive(holder)) {
        throw new StepFailure(
            `Another command (process ${String(holder)}) is changing this network.`,
            `Wait for its end; if there is no such command, remove ${lockFile}.`,
        );
    }
    rmSync(lockFile, { force: true });
    if (!write()) throw new StepFailure('Another command has just begun to change this network. Wait for its end.');
}

function write(): boolean {
    try {
        writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
    }
}

function isAlive(pid: number): boolean {
    if (!Number.isSafeInteger(pid) || pid <= 0) return false;
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // Somebody else's process is alive too.
        return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
}
