// SPDX-License-Identifier: Apache-2.0

/** `orderer.BatchSize` of the configuration in force. */
interface BatchSize {
    readonly maxMessageCount: number;
    readonly preferredMaxBytes: number;
}

/** A message that was let in, as it stands in the block. */
export interface OrderedMessage {
    /** Canonical common.Envelope bytes. */
    readonly envelopeBytes: Buffer;
    /** Length of payload and signature, what Fabric counts. */
    readonly sizeBytes: number;
}

interface CutResult {
    /** Batches that are complete, in order; none or one or two. */
    readonly batches: readonly (readonly OrderedMessage[])[];
    /** Whether messages are left that wait for more or for the batch timeout. */
    readonly pending: boolean;
}

/** Collects messages into batches by number and size; knows nothing of time (orderer/common/blockcutter). */
export class BlockCutter {
    #pending: OrderedMessage[] = [];
    #pendingBytes = 0;

    /** Takes the next message under the batch size now in force. */
    add(message: OrderedMessage, size: BatchSize): CutResult {
        const batches: (readonly OrderedMessage[])[] = [];
        const cutPending = (): void => {
            if (this.#pending.length > 0) {
                batches.push(this.cut());
            }
        };
        if (message.sizeBytes > size.preferredMaxBytes) {
            cutPending();
            return { batches: [...batches, [message]], pending: false };
        }
        if (this.#pendingBytes + message.sizeBytes > size.preferredMaxBytes) {
            cutPending();
        }
        this.#pending.push(message);
        this.#pendingBytes += message.sizeBytes;
        if (this.#pending.length >= size.maxMessageCount) {
            cutPending();
        }
        return { batches, pending: this.#pending.length > 0 };
    }

    /** What is pending, which may be nothing; nothing is pending afterwards. */
    cut(): readonly OrderedMessage[] {
        const batch = this.#pending;
        this.#pending = [];
        this.#pendingBytes = 0;
        return batch;
    }
}
