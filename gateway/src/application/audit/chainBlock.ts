// SPDX-License-Identifier: Apache-2.0

/** A write of one public key. */
export interface ChainWrite {
    readonly namespace: string;
    readonly key: string;
    /** Undefined where the key is deleted. */
    readonly value: Uint8Array | undefined;
}

export interface ChainTransaction {
    readonly txId: string;
    /** Whether the block's own metadata says that it took effect. */
    readonly isValid: boolean;
    readonly writes: readonly ChainWrite[];
}

/** A block as it was stored, decoded to the last level. Hashes are hexadecimal SHA-256. */
export interface ChainBlock {
    readonly number: number;
    /** Of the header. */
    readonly hash: string;
    readonly previousHash: string;
    /** What the header says of the data, and what the data's hash is. */
    readonly dataHash: string;
    readonly dataHashFound: string;
    readonly transactions: readonly ChainTransaction[];
    /** What the metadata says of the outcome of all blocks so far; null where it says nothing, as the first block. */
    readonly commitHash: string | null;
    /** The same computed from the block and the one before it; undefined where the block alone does not tell. */
    commitHashAfter(previous: string): string | undefined;
}

/** Why blocks are not one undamaged chain. */
export class BrokenChain extends Error {
    override readonly name = 'BrokenChain';
    readonly block: number;

    constructor(block: number, problem: string) {
        super(problem);
        this.block = block;
    }
}

/** Checks blocks one after the other, from any number on. Throws BrokenChain. */
export class ChainCheck {
    #last: ChainBlock | undefined;

    add(block: ChainBlock): void {
        const { number } = block;
        const last = this.#last;
        if (last !== undefined && number !== last.number + 1) {
            throw new BrokenChain(number, `block ${String(last.number + 1)} belongs here`);
        }
        if (last !== undefined && block.previousHash !== last.hash) {
            throw new BrokenChain(number, 'its previous hash is not that of the block before it');
        }
        if (block.dataHash !== block.dataHashFound)
            throw new BrokenChain(number, 'its data is not what its header says');
        if (last !== undefined && block.commitHash !== null) {
            const found = block.commitHashAfter(last.commitHash ?? '');
            if (found !== undefined && found !== block.commitHash) {
                throw new BrokenChain(number, 'its outcome is not what its commit hash says');
            }
        }
        this.#last = block;
    }
}
