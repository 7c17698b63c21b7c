// SPDX-License-Identifier: Apache-2.0
import type { CommittedBlock } from '../ledger/blocks/committedBlock.js';
import type { UnpackedProposal } from './proposal.js';
import { traceKey, TransactionTrace, type BlockTimes } from './transactionTrace.js';

const tracesMax = 1_000;
const bytesMax = 16 * 1024 * 1024;

/** The newest proposals that this peer ran, in memory: the oldest is forgotten beyond a thousand, or beyond 16 MiB of them. */
export class TraceBook {
    readonly #traces = new Map<string, TransactionTrace>();
    readonly #bytes = new Map<string, number>();
    #bytesHeld = 0;

    /** A new page for a proposal that was admitted; one for the same transaction is replaced. */
    open(proposal: UnpackedProposal, receivedAt: Date): TransactionTrace {
        const trace = new TransactionTrace(proposal, receivedAt);
        this.#forget(trace.key);
        this.#traces.set(trace.key, trace);
        return trace;
    }

    /** To be called when a trace has all that the proposal adds to it. */
    closed(trace: TransactionTrace): void {
        if (this.#traces.get(trace.key) !== trace) return;
        this.#bytes.set(trace.key, trace.bytes);
        this.#bytesHeld += trace.bytes;
        for (const key of this.#traces.keys()) {
            if (this.#traces.size <= tracesMax && this.#bytesHeld <= bytesMax) return;
            this.#forget(key);
        }
    }

    committed(channelId: string, { number, transactions, codes }: CommittedBlock, times: BlockTimes): void {
        for (const [index, { txId }] of transactions.entries()) {
            this.#traces.get(traceKey(channelId, txId))?.committed(number, codes[index] ?? 0, times);
        }
    }

    find(channelId: string, txId: string): TransactionTrace | undefined {
        return this.#traces.get(traceKey(channelId, txId));
    }

    #forget(key: string): void {
        this.#traces.delete(key);
        this.#bytesHeld -= this.#bytes.get(key) ?? 0;
        this.#bytes.delete(key);
    }
}
