// SPDX-License-Identifier: Apache-2.0
import { writeBatch, type Level } from './level.js';
import { privateDataPrefixes } from '../privateData/privateDataStore.js';
import { transientPrefix } from '../privateData/transientStore.js';

/** Sorts before every other row. */
const droppingKey = Buffer.of(0);

/**
 * Removes the state and the history from a channel's database, which the next start builds again from the blocks. Private
 * data stays: no block holds it.
 */
export async function dropDerivedRows(level: Level): Promise<void> {
    await writeBatch(level, [{ type: 'put', key: droppingKey, value: Buffer.alloc(0) }], true);
    await finishDropping(level);
    // What is deleted in LevelDB stays on disk, and in the way of every range, until it is compacted.
    await level.compactRange(droppingKey, Buffer.of(0xff));
}

/** Goes on where a removal was interrupted: a state of which a part is gone looks like one at its full height. */
export async function finishDropping(level: Level): Promise<void> {
    if (level.getSync(droppingKey) === undefined) return;
    const kept = [...privateDataPrefixes, transientPrefix].map((letter) => letter.charCodeAt(0)).sort((a, b) => a - b);
    for (const [index, first] of [0, ...kept].entries()) {
        const end = kept[index];
        await level.clear({ gte: Buffer.of(first + 1), ...(end !== undefined && { lt: Buffer.of(end) }) });
    }
    await writeBatch(level, [{ type: 'del', key: droppingKey }], true);
}
