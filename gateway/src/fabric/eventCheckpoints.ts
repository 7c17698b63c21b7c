// SPDX-License-Identifier: Apache-2.0
import { open, readFile, rename } from 'node:fs/promises';
import { Failure } from '../application/failure.js';
import { type EventCheckpoint, type EventPosition } from './eventStream.js';

export function memoryCheckpoint(start?: EventPosition): EventCheckpoint {
    let position = start;
    return {
        load: () => Promise.resolve(position),
        save: (next) => {
            position = next;
            return Promise.resolve();
        },
    };
}

/**
 * A position in a file, replaced as a whole: a crash leaves the old position or the new one. fabric-gateway's own file
 * checkpointer writes in place and takes an empty file for "from the start".
 *
 * @throws Failure CONFIG_INVALID on load, when the file holds anything but a position
 */
export function fileCheckpoint(file: string): EventCheckpoint {
    return { load: () => load(file), save: (position) => save(file, position) };
}

async function load(file: string): Promise<EventPosition | undefined> {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
            return undefined;
        }
        throw error;
    });
    if (text === undefined) {
        return undefined;
    }
    const match = /^(0|[1-9]\d{0,19}) ([0-9a-f]{64})\n$/.exec(text);
    if (match?.[1] === undefined || match[2] === undefined) {
        throw new Failure('CONFIG_INVALID', { file, problem: 'it holds no event position' });
    }
    return { blockNumber: BigInt(match[1]), txId: match[2] };
}

async function save(file: string, { blockNumber, txId }: EventPosition): Promise<void> {
    const handle = await open(`${file}.new`, 'w');
    try {
        await handle.writeFile(`${String(blockNumber)} ${txId}\n`);
        await handle.datasync();
    } finally {
        await handle.close();
    }
    await rename(`${file}.new`, file);
}
