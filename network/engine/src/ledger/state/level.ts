// SPDX-License-Identifier: Apache-2.0
import { ClassicLevel } from 'classic-level';
import { errorText } from '../../wire/errorText.js';

/** LevelDB with binary keys and values. */
export type Level = ClassicLevel<Buffer, Buffer>;
export type LevelOperation = { type: 'put'; key: Buffer; value: Buffer } | { type: 'del'; key: Buffer };

/** A channel has two databases and a host may have many channels, so each stays small (bytes). */
const cacheSize = 4 * 1024 * 1024;
const writeBufferSize = 4 * 1024 * 1024;

/** `remedy`: what to do when the database is damaged; part of the error then. */
export async function openLevel(directory: string, remedy = ''): Promise<Level> {
    const level = new ClassicLevel<Buffer, Buffer>(directory, {
        keyEncoding: 'buffer',
        valueEncoding: 'buffer',
        cacheSize,
        writeBufferSize,
    });
    try {
        await level.open();
        return level;
    } catch (error) {
        throw openingFailure(directory, error, remedy);
    }
}

/** Whether {@link openLevel} failed because another process has the database open. */
export function isLockedByAnother(error: unknown): boolean {
    return error instanceof Error && (error.cause as { code?: unknown } | undefined)?.code === 'LEVEL_LOCKED';
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

/** classic-level wraps what LevelDB says; its errors are made outside this realm, so `instanceof` does not know them. */
function openingFailure(directory: string, error: unknown, remedy: string): Error {
    const cause = causeOf(error);
    const { code } = cause as { code?: unknown };
    const advice = code === 'LEVEL_LOCKED' ? 'Another process has it open: stop that one first.' : remedy;
    return new Error(`cannot open the database in ${directory}: ${errorText(cause)}. ${advice}`, { cause });
}

function causeOf(error: unknown): object {
    const wrapped = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
    return typeof wrapped === 'object' && wrapped !== null ? wrapped : new Error(String(wrapped));
}
