// SPDX-License-Identifier: Apache-2.0
import type { CommittedBlock } from '../ledger/blocks/committedBlock.js';
import type { PeerChannel } from '../lifecycle/peerChannels.js';

interface CommitOutcome {
    /** A TxValidationCode. */
    readonly code: number;
    readonly blockNumber: number;
}

/** Tells who asks when a transaction is committed; asking costs nothing until its block comes. */
export class CommitNotifier {
    readonly #ledger: PeerChannel['ledger'];
    readonly #waiting = new Map<string, Set<(outcome: CommitOutcome) => void>>();

    constructor(channel: PeerChannel) {
        this.#ledger = channel.ledger;
        channel.ledger.onCommitted((block) => {
            this.#notify(block);
        });
    }

    /** Resolves at once for a transaction that is committed; rejects when the signal aborts. */
    outcomeOf(txId: string, signal: AbortSignal): Promise<CommitOutcome> {
        const known = this.#ledger.txStatus(txId);
        if (known !== undefined) return Promise.resolve(known);
        return new Promise((resolve, reject) => {
            const listeners = this.#waiting.get(txId) ?? new Set();
            const stop = (): void => {
                listeners.delete(listener);
                if (listeners.size === 0) this.#waiting.delete(txId);
            };
            const abort = (): void => {
                stop();
                reject(new Error('the caller no longer waits', { cause: signal.reason }));
            };
            const listener = (outcome: CommitOutcome): void => {
                stop();
                signal.removeEventListener('abort', abort);
                resolve(outcome);
            };
            listeners.add(listener);
            this.#waiting.set(txId, listeners);
            signal.addEventListener('abort', abort, { once: true });
        });
    }

    #notify({ transactions, codes, number }: CommittedBlock): void {
        if (this.#waiting.size === 0) return;
        for (const [index, { txId }] of transactions.entries()) {
            for (const listener of [...(this.#waiting.get(txId) ?? [])]) {
                listener({ code: codes[index] ?? 0, blockNumber: number });
            }
        }
    }
}
