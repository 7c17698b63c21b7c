// SPDX-License-Identifier: Apache-2.0
import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { blockFilePath, DamagedBlockFileError, lastFileNumber, type BlockLocation } from '../blocks/blockFiles.js';
import { BlockIndex } from '../blocks/blockIndex.js';
import { isWholeBlock, prefixBytes } from '../blocks/blockRecord.js';
import { BlockStore } from '../blocks/blockStore.js';
import { openLevel } from '../state/level.js';
import { PreResetHeight } from '../preResetHeight.js';

interface ChainEnd {
    readonly height: number;
    /** Where the block that is asked for lies; undefined when the chain does not have it. */
    readonly location: BlockLocation | undefined;
}

/**
 * Finds a block and the height of a chain. What is behind the block may be damaged: cutting it off is how a peer gets rid
 * of it.
 */
export async function findInChain(blocksFolder: string, number: number): Promise<ChainEnd> {
    const indexed = await findInIndex(blocksFolder, number);
    if (indexed.location !== undefined) return indexed;
    await indexBlocks(blocksFolder);
    return findInIndex(blocksFolder, number);
}

/** Cuts off whatever is behind a block, whose height is remembered before; the index is built at the next start. */
export function truncateChain(blocksFolder: string, height: number, { file, offset, length }: BlockLocation): void {
    const path = blockFilePath(blocksFolder, file);
    assertWhole(path, offset, length);
    new PreResetHeight(blocksFolder).record(height);
    rmSync(join(blocksFolder, 'index'), { recursive: true });
    // From the last one down: files without a gap are a chain at every moment.
    for (let later = lastFileNumber(blocksFolder); later > file; later--) rmSync(blockFilePath(blocksFolder, later));
    const descriptor = openSync(path, 'r+');
    try {
        ftruncateSync(descriptor, offset + length);
        fsyncSync(descriptor);
    } finally {
        closeSync(descriptor);
    }
}

async function findInIndex(blocksFolder: string, number: number): Promise<ChainEnd> {
    const level = await openLevel(join(blocksFolder, 'index'));
    try {
        const index = new BlockIndex(level);
        return { height: index.height, location: index.location(number) };
    } finally {
        await level.close();
    }
}

/** Indexes the blocks up to the first that is damaged. */
async function indexBlocks(blocksFolder: string): Promise<void> {
    try {
        const store = await BlockStore.open(blocksFolder);
        await store.close();
    } catch (error) {
        if (!(error instanceof DamagedBlockFileError)) throw error;
    }
}

function assertWhole(path: string, offset: number, length: number): void {
    const record = Buffer.alloc(prefixBytes + length);
    const descriptor = openSync(path, 'r');
    try {
        readSync(descriptor, record, 0, record.length, offset - prefixBytes);
    } finally {
        closeSync(descriptor);
    }
    if (!isWholeBlock(record.subarray(0, prefixBytes), record.subarray(prefixBytes))) {
        throw new DamagedBlockFileError(path, `the block at byte ${String(offset)} does not match its checksum`);
    }
}
