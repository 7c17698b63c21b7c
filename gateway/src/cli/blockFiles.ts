// SPDX-License-Identifier: Apache-2.0
import {
    closeSync,
    fdatasyncSync,
    mkdirSync,
    openSync,
    readdirSync,
    readFileSync,
    renameSync,
    writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** A block in a file of its own, named after its number. */
interface BlockFile {
    readonly number: number;
    readonly path: string;
}

/** The blocks in a folder, in order. @throws errors of the file system */
export function listBlockFiles(dir: string): readonly BlockFile[] {
    return readdirSync(dir)
        .filter((name) => /^\d{4,15}\.pb$/.test(name))
        .map((name) => ({ number: Number(name.slice(0, -3)), path: join(dir, name) }))
        .sort((a, b) => a.number - b.number);
}

/** Keeps a block as `peer channel fetch` writes it. Wholly or not at all: what is interrupted leaves no half file. */
export function writeBlockFile(dir: string, number: number, bytes: Uint8Array): void {
    const path = join(dir, `${String(number).padStart(4, '0')}.pb`);
    const descriptor = openSync(`${path}.new`, 'w');
    try {
        writeSync(descriptor, bytes);
        fdatasyncSync(descriptor);
    } finally {
        closeSync(descriptor);
    }
    renameSync(`${path}.new`, path);
}

export function makeFolder(dir: string): void {
    mkdirSync(dir, { recursive: true });
}

export function readBlockFile({ path }: BlockFile): Uint8Array {
    return readFileSync(path);
}
