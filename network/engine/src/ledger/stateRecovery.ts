// SPDX-License-Identifier: Apache-2.0
import { logger } from '../process/logging.js';
import { BlockMetadataIndex } from '../wire/codes.js';
import { blockMetadata } from './blockEncoding.js';
import type { BlockStore } from './blockStore.js';
import type { ChannelState } from './channelState.js';
import { eventLoopTurns } from './eventLoopTurns.js';
import { validateAndPrepare } from './mvcc.js';
import { parseBlock } from './parsedTransaction.js';

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
    for (let number = state.height; number < height; number++) {
        log.info(`[${channelId}] Recommitting block [${String(number)}] to state database`);
        await replay(number, blocks, state);
    }
}

/** History that was switched off for a while is completed when it is switched on again. */
async function addToHistory(number: number, blocks: BlockStore, state: ChannelState): Promise<void> {
    const block = blocks.block(number);
    const codes = blockMetadata(block, BlockMetadataIndex.TRANSACTIONS_FILTER);
    await state.addToHistory({ number, bytes: blocks.blockBytes(number), transactions: parseBlock(block), codes });
}

async function replay(number: number, blocks: BlockStore, state: ChannelState): Promise<void> {
    const bytes = blocks.blockBytes(number);
    const block = blocks.block(number);
    const transactions = parseBlock(block);
    const reader = state.newReader();
    try {
        const { codes, updates } = await validateAndPrepare({
            blockNum: number,
            transactions,
            codes: blockMetadata(block, BlockMetadataIndex.TRANSACTIONS_FILTER),
            reader,
            trusted: true,
            pause: eventLoopTurns(),
        });
        const privateData = await state.privateData.get(number);
        await state.apply({ number, bytes, transactions, codes, updates, privateData }, reader);
    } finally {
        reader.release();
    }
}
