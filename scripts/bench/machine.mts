// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { projectDir } from '../network/consortium.mts';

export interface Machine {
    readonly date: string;
    readonly commit: string;
    readonly cores: number;
    readonly processor: string;
    readonly memoryGiB: number;
    readonly kernel: string;
    readonly node: string;
    readonly openssl: string;
    /** Load average of the minute before the run. */
    readonly loadBefore: number;
}

/** Where and on what the figures were measured. */
export function describeMachine(): Machine {
    return {
        date: new Date().toISOString(),
        commit: commit(),
        cores: availableParallelism(),
        processor: cpus()[0]?.model ?? 'unknown',
        memoryGiB: Math.round(totalmem() / 2 ** 30),
        kernel: release(),
        node: process.version,
        openssl: process.versions.openssl,
        loadBefore: loadavg()[0] ?? NaN,
    };
}

function commit(): string {
    const git = (...words: string[]): string => spawnSync('git', words, { cwd: projectDir, encoding: 'utf8' }).stdout;
    const hash = git('rev-parse', '--short', 'HEAD').trim();
    if (hash === '') return 'unknown';
    return git('status', '--porcelain', '--untracked-files=no').trim() === '' ? hash : `${hash} with changes`;
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const message = Buffer.alloc(1500);
const signature = sign('sha256', message, privateKey);
const VERIFICATIONS = 2000;

/**
 * CPU microseconds of one ECDSA P-256 verification just now. Cores that are threads of one shared core slow down when
 * the neighbour is busy, so a figure in CPU time means something only beside this one.
 */
export function verificationUs(): number {
    const before = process.cpuUsage();
    for (let count = 0; count < VERIFICATIONS; count++) verify('sha256', message, publicKey, signature);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / VERIFICATIONS;
}
