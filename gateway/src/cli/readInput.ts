// SPDX-License-Identifier: Apache-2.0
import { closeSync, openSync, readSync } from 'node:fs';
import { Failure } from '../application/failure.js';

/** Larger than any file the commands read; a device or a pipe may have no end. */
const INPUT_BYTES_MAX = 64 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/**
 * Reads a whole file, pipe or device.
 *
 * @throws Failure FILE_NOT_FOUND, FILE_TOO_LARGE; errors of the file system
 */
export function readInput(file: string): Buffer {
    const descriptor = open(file);
    try {
        return readAll(descriptor, file);
    } finally {
        closeSync(descriptor);
    }
}

function open(file: string): number {
    try {
        return openSync(file, 'r');
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
            throw new Failure('FILE_NOT_FOUND', { file }, { cause: error });
        }
        throw error;
    }
}

function readAll(descriptor: number, file: string): Buffer {
    const chunks: Buffer[] = [];
    for (let bytes = 0; ;) {
        const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
        const count = readSync(descriptor, chunk);
        if (count === 0) {
            return Buffer.concat(chunks);
        }
        bytes += count;
        if (bytes > INPUT_BYTES_MAX) {
            throw new Failure('FILE_TOO_LARGE', { file, bytesMax: INPUT_BYTES_MAX });
        }
        chunks.push(chunk.subarray(0, count));
    }
}
