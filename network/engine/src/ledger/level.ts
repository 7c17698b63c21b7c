// SPDX-License-Identifier: Apache-2.0
import { ClassicLevel } from 'classic-level';

/** LevelDB with binary keys and values. */
export type Level = ClassicLevel<Buffer, Buffer>;
export type LevelOperation = { type: 'put'; key: Buffer; value: Buffer } | { type: 'del'; key: Buffer };

/** A channel has two databases and a host may have many channels, so each stays small (bytes). */
const cacheSize = 4 * 1024 * 1024;
const writeBufferSize = 4 * 1024 * 1024;

export async function openLevel(directory: string): Promise<Level> {
    const level = new ClassicLevel<Buffer, Buffer>(directory, {
        keyEncoding: 'buffer',
        valueEncoding: 'buffer',
        cacheSize,
        writeBufferSize,
    });
    await level.open();
    return level;
}

/** Writes all operations or none; with `sync` they are on disk when the promise resolves. */
export async function writeBatch(level: Level, operations: Iterable<LevelOperation>, sync = false): Promise<void> {
    const batch = level.batch();
    for (const operation of operations) {
        if (operation.type === 'put') {
            batch.put(operation.key, operation.value);
        } else {
            batch.del(operation.key);
        }
    }
    await batch.write({ sync });
}
