// SPDX-License-Identifier: Apache-2.0
import { asBuffer } from '../../wire/decode.js';
import type { common } from '../../wire/protobuf.js';
import type { TransactionLocation } from './blockIndex.js';
import { NotFoundError, type BlockStore, type ChainInfo } from './blockStore.js';
import { HeightWatch } from '../heightWatch.js';

/**
 * The blocks of a peer's ledger as its clients may see them: a block whose state is still being written does not exist
 * yet, although it is in the block store.
 */
export class CommittedChain {
    readonly #blocks: BlockStore;
    readonly #watch: HeightWatch;
    #info: ChainInfo;

    constructor(blocks: BlockStore) {
        this.#blocks = blocks;
        this.#info = blocks.info();
        this.#watch = new HeightWatch(this.#info.height);
    }

    /** Number of committed blocks. */
    get height(): number {
        return this.#info.height;
    }

    info(): ChainInfo {
        return this.#info;
    }

    /** 2^64-1 asks for the last block. Throws NotFoundError. */
    blockBytes(number: number): Buffer {
        return this.#blocks.blockBytes(this.#visible(number));
    }

    block(number: number): common.Block {
        return this.#blocks.block(this.#visible(number));
    }

    blockByHash(headerHash: Uint8Array): common.Block {
        return this.block(this.#blocks.numberOf(headerHash));
    }

    blockByTxId(txId: string): common.Block {
        return this.block(this.#locationOf(txId).blockNumber);
    }

    /** The earliest transaction stored under the id, valid or not. Throws NotFoundError. */
    transactionById(txId: string): { envelope: Buffer; code: number } {
        const { blockNumber, txNumber, code } = this.#locationOf(txId);
        return { envelope: asBuffer(this.block(blockNumber).data?.data?.[txNumber]), code };
    }

    /** Code and block of the earliest transaction stored under the id; undefined before it is committed. */
    txStatus(txId: string): { code: number; blockNumber: number } | undefined {
        const found = this.#blocks.findTransaction(txId);
        return found && found.blockNumber < this.height
            ? { code: found.code, blockNumber: found.blockNumber }
            : undefined;
    }

    /** Resolves when block `number` can be read; rejects when the signal aborts or the ledger closes. */
    waitForBlock(number: number, signal?: AbortSignal): Promise<void> {
        return this.#watch.waitFor(number, signal);
    }

    /** Makes what the block store has visible; whoever waits for it goes on after the present call stack. */
    protected advance(): void {
        this.#info = this.#blocks.info();
        this.#watch.advance(this.height);
    }

    protected stopWaiting(reason: Error): void {
        this.#watch.close(reason);
    }

    #visible(number: number): number {
        if (number >= 2 ** 64) {
            return this.height - 1;
        }
        if (number >= this.height) {
            throw new NotFoundError(`no such block number [${String(number)}] in index`);
        }
        return number;
    }

    #locationOf(txId: string): TransactionLocation {
        const location = this.#blocks.locationOf(txId);
        if (location.blockNumber >= this.height) {
            throw new NotFoundError(`no such transaction ID [${txId}] in index`);
        }
        return location;
    }
}
