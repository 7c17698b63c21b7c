// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { reached } from '../../process/faults/faultPoints.js';
import { BlockMetadataIndex } from '../../wire/codes.js';
import { asBuffer, decode } from '../../wire/decode.js';
import { blockHeaderHash } from '../../wire/hashing.js';
import { common } from '../../wire/protobuf.js';
import { blockMetadata } from './blockEncoding.js';
import { BlockFiles, type BlockLocation } from './blockFiles.js';
import { BlockIndex, type IndexedTransaction, type TransactionLocation } from './blockIndex.js';
import { openLevel, type Level } from '../state/level.js';
import { parseBlock } from '../validation/parsedTransaction.js';

/** A block, hash or transaction id that the store does not have; the text is Fabric's. */
export class NotFoundError extends Error {
    constructor(message: string) {
        super(message);
        this.name = 'NotFoundError';
    }
}

export interface BlockStoreOptions {
    /** Most bytes of one block file. */
    readonly maxFileBytes?: number;
    /** False for an orderer, which nobody asks for a transaction. */
    readonly indexTransactions?: boolean;
}

export interface ChainInfo {
    /** Number of blocks. */
    readonly height: number;
    /** Header hash of the last block; empty at height 0. */
    readonly currentBlockHash: Buffer;
    readonly previousBlockHash: Buffer;
}

/** 2^64-1 asks for the newest block; as a JavaScript number it is 2^64. */
const newest = 2 ** 64;
const recentBlocks = 8;
const indexRemedy = 'If it is damaged, remove the folder: the index is rebuilt from the block files.';

/** The chain of one channel on disk: blocks exactly as they were appended, and an index that can be rebuilt from them. */
export class BlockStore {
    readonly #level: Level;
    readonly #index: BlockIndex;
    readonly #options: BlockStoreOptions;
    readonly #recent = new Map<number, Buffer>();
    #files: BlockFiles | undefined;
    #info: ChainInfo = { height: 0, currentBlockHash: Buffer.alloc(0), previousBlockHash: Buffer.alloc(0) };

    private constructor(level: Level, options: BlockStoreOptions) {
        this.#level = level;
        this.#index = new BlockIndex(level);
        this.#options = options;
    }

    /** Opens or creates the store: cuts off an unfinished last block and indexes blocks that the index lacks. */
    static async open(directory: string, options: BlockStoreOptions = {}): Promise<BlockStore> {
        const store = new BlockStore(await openLevel(join(directory, 'index'), indexRemedy), options);
        try {
            await store.#openFiles(directory);
            return store;
        } catch (error) {
            await store.close();
            throw error;
        }
    }

    get height(): number {
        return this.#info.height;
    }

    info(): ChainInfo {
        return this.#info;
    }

    /** Makes the next block durable. `bytes` must be the serialised `block`. */
    async append(block: common.Block.$Properties, bytes: Buffer): Promise<void> {
        this.assertNext(block);
        const location = await this.#openedFiles().append(bytes);
        reached('blocks.blockWritten');
        await this.#addToIndex(block, location);
        reached('blocks.indexed');
        this.#remember(this.height - 1, bytes);
    }

    /** Throws unless `block` continues the chain: number and previous hash. */
    assertNext({ header }: common.Block.$Properties): void {
        const number = header?.number ?? 0;
        if (number !== this.height) {
            throw new Error(`block number should have been ${String(this.height)} but was ${String(number)}`);
        }
        const previousHash = asBuffer(header?.previousHash);
        if (number > 0 && !previousHash.equals(this.#info.currentBlockHash)) {
            const expected = this.#info.currentBlockHash.toString('hex');
            throw new Error(
                'unexpected Previous block hash. ' +
                    `Expected PreviousHash = [${expected}], PreviousHash referred in the latest block= ` +
                    `[${previousHash.toString('hex')}]`,
            );
        }
    }

    /** Stored bytes of a block; 2^64-1 asks for the last one. */
    blockBytes(number: number): Buffer {
        const wanted = number === newest ? this.height - 1 : number;
        const recent = this.#recent.get(wanted);
        if (recent !== undefined) {
            return recent;
        }
        const location = Number.isSafeInteger(wanted) && wanted >= 0 ? this.#index.location(wanted) : undefined;
        if (location === undefined) {
            throw new NotFoundError(`no such block number [${decimal(number)}] in index`);
        }
        return this.#openedFiles().read(location);
    }

    block(number: number): common.Block {
        return decode(common.Block, this.blockBytes(number), 'Block');
    }

    /** Bytes inside a stored block; the whole of it is read, since the checksum is the block's. */
    readInBlock(number: number, offset: number, length: number): Buffer {
        const bytes = this.blockBytes(number);
        if (offset + length > bytes.length) {
            throw new NotFoundError(`no such block number [${decimal(number)}] in index`);
        }
        return bytes.subarray(offset, offset + length);
    }

    /** Number of the block with that header hash. */
    numberOf(headerHash: Uint8Array): number {
        const number = this.#index.numberOf(headerHash);
        if (number === undefined) {
            throw new NotFoundError(`no such block hash [${asBuffer(headerHash).toString('hex')}] in index`);
        }
        return number;
    }

    /** Earliest place of a transaction id, undefined when it was never stored. */
    findTransaction(txId: string): TransactionLocation | undefined {
        return txId === '' ? undefined : this.#index.transaction(txId);
    }

    /** As {@link findTransaction}, but throws NotFoundError. */
    locationOf(txId: string): TransactionLocation {
        const location = this.findTransaction(txId);
        if (location === undefined) {
            throw new NotFoundError(`no such transaction ID [${txId}] in index`);
        }
        return location;
    }

    async close(): Promise<void> {
        await this.#files?.close();
        this.#files = undefined;
        await this.#level.close();
    }

    async #openFiles(directory: string): Promise<void> {
        const indexed = this.#index.height;
        const last = indexed === 0 ? undefined : this.#index.location(indexed - 1);
        const from = last ? { file: last.file, offset: last.offset + last.length } : { file: 0, offset: 0 };
        const scanned = async (location: BlockLocation, bytes: Buffer): Promise<void> => {
            await this.#addToIndex(decode(common.Block, bytes, 'Block'), location);
        };
        const { maxFileBytes } = this.#options;
        this.#files = await BlockFiles.open(directory, from, scanned, {
            ...(maxFileBytes !== undefined && { maxFileBytes }),
        });
        if (this.#index.height > 0) {
            this.#advance(decode(common.Block, this.blockBytes(this.#index.height - 1), 'Block'));
        }
    }

    async #addToIndex(block: common.Block.$Properties, location: BlockLocation): Promise<void> {
        const header = block.header ?? {};
        const codes = blockMetadata(block, BlockMetadataIndex.TRANSACTIONS_FILTER);
        const transactions: IndexedTransaction[] =
            this.#options.indexTransactions === false
                ? []
                : parseBlock(block).map(({ txId }, i) => ({ txId, code: codes[i] ?? 0 }));
        const headerHash = blockHeaderHash(header);
        await this.#index.add({ number: header.number ?? 0, headerHash, location, transactions });
        this.#advance(block);
    }

    #advance({ header }: common.Block.$Properties): void {
        this.#info = {
            height: (header?.number ?? 0) + 1,
            currentBlockHash: blockHeaderHash(header ?? {}),
            previousBlockHash: Buffer.from(asBuffer(header?.previousHash)),
        };
    }

    /** Everyone who follows the chain asks for its newest blocks. */
    #remember(number: number, bytes: Buffer): void {
        this.#recent.set(number, bytes);
        this.#recent.delete(number - recentBlocks);
    }

    #openedFiles(): BlockFiles {
        if (this.#files === undefined) {
            throw new Error('the block store is closed');
        }
        return this.#files;
    }
}

/** Go prints uint64 in full; 2^64 stands for 2^64-1 here. */
function decimal(number: number): string {
    return number === newest ? '18446744073709551615' : String(number);
}
