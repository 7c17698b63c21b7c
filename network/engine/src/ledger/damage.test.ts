// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { BlockStore } from './blocks/blockStore.js';
import { DamagedBlockFileError } from './blocks/blockFiles.js';
import { nextBlock, transactionEnvelope } from './testing/blocks.js';
import './testing/quietLog.js';

const blockCount = 6;
let directory: string;
let file: string;
/** Where each block's prefix begins; the last entry is the end of the file. */
let starts: number[];

beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'damage-'));
    file = join(directory, 'blocks_000000');
    starts = [0];
    const store = await BlockStore.open(directory);
    let previous: common.Block | undefined;
    for (let number = 0; number < blockCount; number++) {
        previous = nextBlock(previous, [transactionEnvelope(`tx${String(number)}`, Buffer.alloc(0))]);
        await store.append(previous, encode(common.Block, previous));
        starts.push(statSync(file).size);
    }
    await store.close();
});

afterEach(() => {
    rmSync(directory, { recursive: true });
});

function flipBit(offset: number): void {
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(offset) ^ 4, offset);
    writeFileSync(file, bytes);
}

function removeIndex(): void {
    rmSync(join(directory, 'index'), { recursive: true });
}

async function heightAfterOpening(): Promise<number> {
    const store = await BlockStore.open(directory);
    const { height } = store;
    await store.close();
    return height;
}

const startOf = (block: number): number => starts[block] ?? NaN;

describe('a block file that was damaged at rest', () => {
    it('gives an error for an old block with a flipped bit, and the blocks beside it', async () => {
        flipBit(startOf(2) + 40);
        const store = await BlockStore.open(directory);
        expect(() => store.blockBytes(2)).toThrow(DamagedBlockFileError);
        expect(() => store.blockBytes(2)).toThrow(/blocks_000000 is damaged: .* Restore the file from a backup/);
        expect(store.block(1).header?.number).toBe(1);
        expect(store.block(3).header?.number).toBe(3);
        await store.close();
    });

    it('is not opened with a flipped bit in the last block', async () => {
        flipBit(startOf(blockCount - 1) + 40);
        await expect(BlockStore.open(directory)).rejects.toThrow(DamagedBlockFileError);
    });

    // Without its index every block is read again, and what looks unfinished must not be taken for the end of the chain.
    it.each([
        ['length of an old block', () => startOf(2)],
        ['length of an old block, made huge', () => startOf(2) + 3],
        ['checksum of an old block', () => startOf(2) + 5],
        ['prefix of an old block', () => startOf(2) + 9],
        ['contents of an old block', () => startOf(2) + 40],
        ['length of the last block', () => startOf(blockCount - 1) + 3],
        ['contents of the last block', () => startOf(blockCount - 1) + 40],
    ])('loses no block when the index is missing too: a bit flipped in the %s', async (_, offset) => {
        const size = statSync(file).size;
        flipBit(offset());
        removeIndex();
        await expect(BlockStore.open(directory)).rejects.toThrow(DamagedBlockFileError);
        expect(statSync(file).size).toBe(size);
    });

    it('is not opened when it is shorter than its index says', async () => {
        truncateSync(file, startOf(blockCount) - 1);
        await expect(BlockStore.open(directory)).rejects.toThrow(/is damaged: it is shorter than its index says/);
    });

    it('is not opened when a file in the middle of the chain ends too early', async () => {
        rmSync(directory, { recursive: true });
        const store = await BlockStore.open(directory, { maxFileBytes: 1 });
        let previous: common.Block | undefined;
        for (let number = 0; number < 3; number++) {
            previous = nextBlock(previous, []);
            await store.append(previous, encode(common.Block, previous));
        }
        await store.close();
        removeIndex();
        truncateSync(join(directory, 'blocks_000001'), 20);
        await expect(BlockStore.open(directory)).rejects.toThrow(/blocks_000001 is damaged: .* is not complete/);
    });
});

describe('a block index', () => {
    it('is rebuilt when it is missing', async () => {
        removeIndex();
        expect(await heightAfterOpening()).toBe(blockCount);
    });

    it('that cannot be read says that it may be removed', async () => {
        for (const name of readdirSync(join(directory, 'index')).filter((found) => found.startsWith('MANIFEST'))) {
            writeFileSync(join(directory, 'index', name), 'nothing of LevelDB');
        }
        await expect(BlockStore.open(directory)).rejects.toThrow(/index.*remove the folder: the index is rebuilt/s);
        removeIndex();
        expect(await heightAfterOpening()).toBe(blockCount);
    });

    it('that another process has open says so', async () => {
        const store = await BlockStore.open(directory);
        await expect(BlockStore.open(directory)).rejects.toThrow('Another process has it open');
        await store.close();
    });
});
