// SPDX-License-Identifier: Apache-2.0
import { logger } from '../../process/logging.js';
import { BlockMetadataIndex } from '../../wire/codes.js';
import { decode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { blockMetadata } from '../blocks/blockEncoding.js';
import type { BlockStore } from '../blocks/blockStore.js';
import type { ChannelState } from './channelState.js';
import { eventLoopTurns } from '../eventLoopTurns.js';
import { validateAndPrepare } from '../validation/mvcc.js';
import { parseBlock, type ParsedTransaction } from '../validation/parsedTransaction.js';

const log = logger('kvledger');

/**
 * Brings the state up to the chain after a crash. Stored codes are trusted: reads are not checked again, since the
 * state they were checked against may be gone (core/ledger/kvledger/kv_ledger.go recommitLostBlocks).
 */
export async function recoverState(channelId: string, blocks: BlockStore, state: ChannelState): Promise<void> {
    const { height } = blocks;
    if (state.height > height) {
        throw new Error(
            `the state database [height=${String(state.height)}] is ahead of the block store ` +
                `[height=${String(height)}]. This is possible when the state database is not dropped after a ` +
                'ledger reset/rollback. The state database can safely be dropped and will be rebuilt up to block ' +
                'store height upon the next peer start.',
        );
    }
    for (let number = state.historyHeight; number < state.height; number++) {
        await addToHistory(number, blocks, state);
    }
    if (state.height < height) await replayFrom(state.height, { channelId, blocks, state });
}

/** A line for every so many blocks: a whole chain is rebuilt in seconds. */
const blocksPerLine = 1_000;

interface Replay {
    readonly channelId: string;
    readonly blocks: BlockStore;
    readonly state: ChannelState;
}

async function replayFrom(first: number, { channelId, blocks, state }: Replay): Promise<void> {
    const { height } = blocks;
    log.info(`[${channelId}] Recommitting blocks [${String(first)}] to [${String(height - 1)}] to state database`);
    for (let number = first, next = readBlock(first, blocks); ; number++) {
        const replayed = replay(next, state);
        if (number + 1 === height) {
            await replayed;
            await state.endReplay();
            return;
        }
        [next] = await Promise.all([readMeanwhile(number + 1, blocks), replayed]);
        if ((number + 1) % blocksPerLine === 0) log.info(`[${channelId}] Recommitted block [${String(number)}]`);
    }
}

/** Reads once the write of the block before is under way: the disk and this thread work at the same time. */
async function readMeanwhile(number: number, blocks: BlockStore): Promise<StoredBlock> {
    await new Promise((resume) => {
        setImmediate(resume);
    });
    return readBlock(number, blocks);
}

/** History that was switched off for a while is completed when it is switched on again. */
async function addToHistory(number: number, blocks: BlockStore, state: ChannelState): Promise<void> {
    await state.addToHistory(readBlock(number, blocks));
}

interface StoredBlock {
    readonly number: number;
    readonly bytes: Buffer;
    readonly codes: Uint8Array;
    readonly transactions: readonly ParsedTransaction[];
}

function readBlock(number: number, blocks: BlockStore): StoredBlock {
    const bytes = blocks.blockBytes(number);
    const block = decode(common.Block, bytes, 'Block');
    const codes = blockMetadata(block, BlockMetadataIndex.TRANSACTIONS_FILTER);
    return { number, bytes, codes, transactions: parseBlock(block) };
}

async function replay({ number, bytes, codes: stored, transactions }: StoredBlock, state: ChannelState): Promise<void> {
    const reader = state.newReader();
    try {
        const { codes, updates } = await validateAndPrepare({
            blockNum: number,
            transactions,
            codes: stored,
            reader,
            trusted: true,
            pause: eventLoopTurns(),
        });
        const privateData = await state.privateData.get(number);
        await state.apply({ number, bytes, transactions, codes, updates, privateData }, reader, { replay: true });
    } finally {
        reader.release();
    }
}
