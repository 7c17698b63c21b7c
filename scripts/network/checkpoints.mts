// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyTree, isSameTree, stateParts, treeBytes } from './checkpointFiles.mts';
import { UsageError } from './commandLine.mts';
import { networkDir } from './consortium.mts';
import {
    forgetProcess,
    recordedNames,
    recordStopped,
    runningPid,
    specOf,
    startProcess,
    stopProcess,
    type ProcessSpec,
} from './processes.mts';
import { whileFrozen } from './processFreeze.mts';
import { say, StepFailure } from './progress.mts';
import { printTable } from './table.mts';

interface SavedProcess {
    readonly spec: ProcessSpec;
    readonly isRunning: boolean;
}

/** What `checkpoint.json` of a checkpoint says beside its files. */
interface Checkpoint {
    readonly savedAt: string;
    readonly processes: readonly SavedProcess[];
}

const checkpointsDir = join(networkDir, 'checkpoints');
const folderOf = (name: string): string => join(checkpointsDir, name);
const stateOf = (name: string): string => join(folderOf(name), 'state');
const descriptionOf = (name: string): string => join(folderOf(name), 'checkpoint.json');

/** A name that is one folder on every file system; the first character keeps it from being a flag or hidden. */
export function checkpointName(text: string | undefined): string {
    if (text === undefined) throw new UsageError('checkpoint save, restore and remove need a name.');
    if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(text)) {
        throw new UsageError(
            `"${text}" is no name of a checkpoint: 1 to 64 of a-z 0-9 . _ -, the first a letter or digit.`,
        );
    }
    return text;
}

/**
 * Copies the state of the whole network while every process is held, so all of it is of one moment. That is what a
 * crash at that moment would leave, and every node recovers from a crash.
 *
 * @returns bytes copied
 */
export async function saveCheckpoint(name: string): Promise<number> {
    if (existsSync(folderOf(name))) {
        throw new StepFailure(
            `There is a checkpoint "${name}" already.`,
            `Choose another name, or run ./test-network.sh checkpoint remove ${name} first.`,
        );
    }
    // Hidden until it is whole: an interrupted save leaves nothing that could be restored.
    const unfinished = join(checkpointsDir, '.saving');
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(join(unfinished, 'state'), { recursive: true });
    const names = recordedNames();
    await whileFrozen(names, () => {
        for (const part of stateParts(networkDir)) copyTree(join(networkDir, part), join(unfinished, 'state', part));
        return Promise.resolve();
    });
    const checkpoint: Checkpoint = {
        savedAt: new Date().toISOString(),
        processes: names.map((process) => ({ spec: specOf(process), isRunning: runningPid(process) !== undefined })),
    };
    writeFileSync(join(unfinished, 'checkpoint.json'), JSON.stringify(checkpoint, null, 2));
    renameSync(unfinished, folderOf(name));
    return treeBytes(stateOf(name));
}

/**
 * Brings the state back and lets the processes run that ran then. A process whose files and settings are as they were
 * goes on undisturbed; the others are killed and started on what was saved.
 *
 * @returns names of the processes that were started
 */
export async function restoreCheckpoint(name: string): Promise<readonly string[]> {
    const { processes } = readCheckpoint(name);
    const present = recordedNames();
    await whileFrozen(present, async () => {
        const changed = changedParts(stateOf(name));
        const saved = new Map(processes.map((process) => [process.spec.name, process]));
        const ending = present.filter((process) => !goesOn(process, saved.get(process), changed));
        const staged = stage(name, changed);
        await Promise.all(ending.map((process) => stopProcess(process, 'SIGKILL')));
        replaceParts(staged, changed);
        for (const process of present.filter((one) => !saved.has(one))) forgetProcess(process);
        for (const { spec } of processes.filter(({ spec }) => runningPid(spec.name) === undefined)) recordStopped(spec);
    });
    const starting = processes.filter(({ spec, isRunning }) => isRunning && runningPid(spec.name) === undefined);
    await Promise.all(starting.map(({ spec }) => startProcess(spec, 30_000)));
    return starting.map(({ spec }) => spec.name);
}

export function removeCheckpoint(name: string): void {
    readCheckpoint(name);
    rmSync(folderOf(name), { recursive: true });
}

/** Prints the checkpoints of the network, the oldest first. */
export function listCheckpoints(asJson: boolean): void {
    const rows = checkpointNames().map((name) => {
        const { savedAt, processes } = readCheckpoint(name);
        const running = processes.filter(({ isRunning }) => isRunning).length;
        return { name, savedAt, running, bytes: treeBytes(stateOf(name)) };
    });
    rows.sort((a, b) => a.savedAt.localeCompare(b.savedAt));
    if (asJson) {
        say(JSON.stringify(rows, null, 2));
    } else if (rows.length === 0) {
        say('No checkpoints. Save one with ./test-network.sh checkpoint save NAME.');
    } else {
        const cells = rows.map(({ name, savedAt, running, bytes }) => [
            ...[name, savedAt, String(running), `${(bytes / 1024 / 1024).toFixed(1)} MiB`],
        ]);
        printTable(['NAME', 'SAVED', 'PROCESSES', 'SIZE'], cells);
    }
}

function checkpointNames(): string[] {
    const entries = existsSync(checkpointsDir) ? readdirSync(checkpointsDir) : [];
    return entries.filter((entry) => !entry.startsWith('.'));
}

function readCheckpoint(name: string): Checkpoint {
    if (!existsSync(descriptionOf(name))) {
        const names = checkpointNames().join(', ');
        throw new StepFailure(
            `There is no checkpoint "${name}".`,
            names === '' ? 'None was saved: ./test-network.sh checkpoint save NAME.' : `Choose one of: ${names}.`,
        );
    }
    try {
        return JSON.parse(readFileSync(descriptionOf(name), 'utf8')) as Checkpoint;
    } catch (error) {
        throw new StepFailure(`The checkpoint "${name}" is damaged: ${(error as Error).message}.`);
    }
}

function changedParts(saved: string): string[] {
    const parts = new Set([...stateParts(networkDir), ...stateParts(saved)]);
    return [...parts].filter((part) => !isSameTree(join(networkDir, part), join(saved, part)));
}

/** Every node and chaincode process reads its identity at its start. */
function goesOn(name: string, saved: SavedProcess | undefined, changed: readonly string[]): boolean {
    return (
        saved?.isRunning === true &&
        JSON.stringify(saved.spec) === JSON.stringify(specOf(name)) &&
        !changed.includes(join('data', name)) &&
        !changed.includes('organizations')
    );
}

/** Copies first and moves into place afterwards: the network is without its files only for the time of some renames. */
function stage(name: string, changed: readonly string[]): string {
    const staged = join(checkpointsDir, '.restoring');
    rmSync(staged, { recursive: true, force: true });
    for (const part of changed.filter((one) => existsSync(join(stateOf(name), one)))) {
        copyTree(join(stateOf(name), part), join(staged, 'new', part));
    }
    return staged;
}

function replaceParts(staged: string, changed: readonly string[]): void {
    for (const part of changed) {
        const [current, replaced, saved] = [
            join(networkDir, part),
            join(staged, 'old', part),
            join(staged, 'new', part),
        ];
        mkdirSync(dirname(replaced), { recursive: true });
        mkdirSync(dirname(current), { recursive: true });
        if (existsSync(current)) renameSync(current, replaced);
        if (existsSync(saved)) renameSync(saved, current);
    }
    rmSync(staged, { recursive: true, force: true });
}
