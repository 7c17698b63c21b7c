// SPDX-License-Identifier: Apache-2.0
import { constants, cpSync, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a network's folder holds beside its state: other checkpoints, logs, records of processes, the choice of engine. */
const notState = new Set(['checkpoints', 'logs', 'processes', 'choice.json']);

/** The parts a network's state is compared and replaced by: one per node below `data`, and the other entries whole. */
export function stateParts(folder: string): string[] {
    const below = (name: string): string[] => (existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : []);
    return [
        ...below('.').filter((name) => name !== 'data' && !notState.has(name)),
        ...below('data').map((name) => join('data', name)),
    ];
}

/**
 * Copies a file or a folder; blocks are shared where the file system can (reflinks). Never a hard link: ledgers append to
 * files and rewrite them, which would change the copy as well.
 */
export function copyTree(from: string, to: string): void {
    cpSync(from, to, {
        recursive: true,
        mode: constants.COPYFILE_FICLONE,
        preserveTimestamps: true,
        verbatimSymlinks: true,
    });
}

/** Whether two trees hold the same files with the same bytes. */
export function isSameTree(left: string, right: string): boolean {
    if (!existsSync(left) || !existsSync(right)) return false;
    const [one, other] = [lstatSync(left), lstatSync(right)];
    if (one.isDirectory() !== other.isDirectory()) return false;
    if (!one.isDirectory()) return one.size === other.size && readFileSync(left).equals(readFileSync(right));
    const names = readdirSync(left);
    return (
        names.length === readdirSync(right).length &&
        names.every((name) => isSameTree(join(left, name), join(right, name)))
    );
}

/** Bytes of all files below a folder. */
export function treeBytes(path: string): number {
    const entry = lstatSync(path);
    if (!entry.isDirectory()) return entry.size;
    return readdirSync(path).reduce((sum, name) => sum + treeBytes(join(path, name)), 0);
}
