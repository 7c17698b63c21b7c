// SPDX-License-Identifier: Apache-2.0
import { type BlockView, type Place, type TransactionView } from './blockView.js';
import { Failure } from './failure.js';
import { type MissingTrace, type PeerTrace } from './peerTrace.js';
import { type BlockReader } from './ports.js';
import { findReadConflict, type ReadConflict } from './readConflict.js';

/** What one peer was asked, and what it said. */
export interface PeerAnswer {
    /** Who asked it. */
    readonly context: string;
    readonly trace: PeerTrace | MissingTrace;
}

/** A transaction's life, from the chain and from the peers that ran it. */
export interface TransactionTrace {
    readonly txId: string;
    /** Null when it is in no block: never sent to the orderer, or not committed yet. */
    readonly place: Place | null;
    readonly transaction: TransactionView | null;
    readonly conflict: ReadConflict | null;
    readonly peers: readonly PeerAnswer[];
}

/** A peer to ask for its record, by the context that asks. */
interface TracedPeer {
    readonly context: string;
    readonly blocks: Pick<BlockReader, 'trace'>;
}

/** @throws Failure NOT_FOUND when neither the chain nor a peer knows the transaction */
export async function traceTransaction(
    txId: string,
    blocks: BlockReader,
    peers: readonly TracedPeer[],
): Promise<TransactionTrace> {
    const block = await blockOf(txId, blocks);
    const transaction = block?.transactions.find((one) => one.txId === txId) ?? null;
    const answers = await Promise.all(
        peers.map(async (peer) => ({ context: peer.context, trace: await peer.blocks.trace(txId) })),
    );
    if (transaction === null && answers.every(({ trace }) => typeof trace === 'string')) {
        throw new Failure('NOT_FOUND', { what: `transaction ${txId}, neither in a block nor in a peer's records,` });
    }
    const conflict =
        block === undefined || transaction === null
            ? undefined
            : await findReadConflict(block, transaction, (number) => blocks.block(number));
    return {
        txId,
        place:
            block === undefined || transaction === null
                ? null
                : { block: block.number, transaction: transaction.index },
        transaction,
        conflict: conflict ?? null,
        peers: answers,
    };
}

async function blockOf(txId: string, blocks: BlockReader): Promise<BlockView | undefined> {
    try {
        return await blocks.blockOf(txId);
    } catch (error) {
        if (error instanceof Failure && (error as Failure).code === 'NOT_FOUND') return undefined;
        throw error;
    }
}
