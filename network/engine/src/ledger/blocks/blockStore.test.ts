// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from '../../wire/decode.js';
import { blockHeaderHash } from '../../wire/hashing.js';
import { common } from '../../wire/protobuf.js';
import { BlockStore, NotFoundError, type BlockStoreOptions } from './blockStore.js';
import { nextBlock, transactionEnvelope } from '../testing/blocks.js';

/** As a JavaScript number, 2^64-1 is 2^64. */
const maxUint64 = 2 ** 64;

describe('the block store', () => {
    let directory: string;
    let store: BlockStore;
    let blocks: common.Block[];

    beforeEach(async () => {
        directory = mkdtempSync(join(tmpdir(), 'blocks-'));
        await fill({ maxFileBytes: 2000 });
    });

    afterEach(async () => {
        await store.close();
        rmSync(directory, { recursive: true });
    });

    async function fill(options: BlockStoreOptions): Promise<void> {
        store = await BlockStore.open(directory, options);
        blocks = [];
        for (let i = 0; i < 12; i++) {
            const txIds = [`tx${String(i)}`, 'repeated'];
            const block = nextBlock(
                blocks.at(-1),
                txIds.map((txId) => transactionEnvelope(txId, Buffer.alloc(0))),
            );
            block.metadata = { metadata: [Buffer.alloc(0), Buffer.alloc(0), Buffer.of(0, i)] };
            blocks.push(block);
            await store.append(block, encode(common.Block, block));
        }
    }

    it('returns the bytes it was given, by number and after being opened again', async () => {
        const stored = blocks.map((block) => encode(common.Block, block));
        expect(blocks.map((_, i) => store.blockBytes(i))).toEqual(stored);
        await store.close();
        store = await BlockStore.open(directory, { maxFileBytes: 2000 });
        expect(store.height).toBe(12);
        expect(blocks.map((_, i) => store.blockBytes(i))).toEqual(stored);
        expect(store.blockBytes(maxUint64)).toEqual(stored[11]);
    });

    it('starts a new file when one is full, and finds its blocks again from the files alone', async () => {
        expect(readdirSync(directory).filter((name) => name.startsWith('blocks_')).length).toBeGreaterThan(2);
        await store.close();
        rmSync(join(directory, 'index'), { recursive: true });
        store = await BlockStore.open(directory, { maxFileBytes: 2000 });
        expect(store.info()).toEqual({
            height: 12,
            currentBlockHash: blockHeaderHash(blocks[11]!.header!),
            previousBlockHash: blockHeaderHash(blocks[10]!.header!),
        });
        expect(store.numberOf(blockHeaderHash(blocks[4]!.header!))).toBe(4);
        expect(store.locationOf('tx7')).toEqual({ blockNumber: 7, txNumber: 0, code: 0 });
    });

    it('keeps the earliest place of a transaction id', () => {
        expect(store.locationOf('repeated')).toEqual({ blockNumber: 0, txNumber: 1, code: 0 });
    });

    it.each<[string, () => unknown]>([
        ['no such block number [12] in index', () => store.blockBytes(12)],
        ['no such block number [-1] in index', () => store.blockBytes(-1)],
        ['no such block hash [7a7a] in index', () => store.numberOf(Buffer.from('zz'))],
        ['no such transaction ID [nope] in index', () => store.locationOf('nope')],
    ])('says %s', (text, look) => {
        expect(look).toThrow(new NotFoundError(text));
    });

    it('says that an empty chain has no newest block', async () => {
        const empty = await BlockStore.open(join(directory, 'empty'));
        expect(() => empty.blockBytes(maxUint64)).toThrow('no such block number [18446744073709551615] in index');
        await empty.close();
    });

    it('refuses a block that does not continue the chain', async () => {
        const again = blocks[5]!;
        await expect(store.append(again, encode(common.Block, again))).rejects.toThrow(
            'block number should have been 12 but was 5',
        );
        const stranger = nextBlock({ header: { ...blocks[11]!.header, dataHash: Buffer.alloc(32) } }, []);
        await expect(store.append(stranger, encode(common.Block, stranger))).rejects.toThrow(
            'unexpected Previous block hash.',
        );
        expect(store.height).toBe(12);
    });

    it('indexes no transactions for an orderer', async () => {
        await store.close();
        directory = mkdtempSync(join(tmpdir(), 'blocks-'));
        await fill({ indexTransactions: false });
        expect(store.findTransaction('tx7')).toBeUndefined();
        expect(store.height).toBe(12);
    });
});
