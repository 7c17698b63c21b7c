// SPDX-License-Identifier: Apache-2.0

/** A chain that blocks can be read and awaited from. One object per chain, for as long as the chain is open. */
export interface BlockSource {
    /** Number of blocks that are durable. */
    height(): number;
    /** Serialised block below the height, the same bytes for ever. */
    blockBytes(number: number): Buffer;
    /** Resolves when the height exceeds `number`; rejects with the signal's reason when it aborts. */
    waitForBlock(number: number, signal: AbortSignal): Promise<void>;
}
