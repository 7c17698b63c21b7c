// SPDX-License-Identifier: Apache-2.0
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../process/durableFile.js';

/** Fabric's name for it (common/ledger/blkstorage/reset.go). */
const fileName = '__preResetHeight';

/**
 * How many blocks a channel had before it was reset or rolled back, kept beside its block files until it has as many
 * again. Up to there the peer does not endorse, and private data comes from what the peer has kept.
 */
export class PreResetHeight {
    readonly #file: string;
    #height: number | undefined;

    constructor(blocksDirectory: string) {
        this.#file = join(blocksDirectory, fileName);
        this.#height = storedHeight(this.#file);
    }

    /** Undefined when the channel has all its blocks again. */
    get height(): number | undefined {
        return this.#height;
    }

    /** Remembers the height; a greater one of an earlier reset stays. */
    record(height: number): void {
        if (height <= (this.#height ?? 0)) return;
        writeDurably(this.#file, String(height));
        this.#height = height;
    }

    /** To be told of each height that the channel reaches. */
    reached(height: number): void {
        if (this.#height === undefined || height < this.#height) return;
        rmSync(this.#file);
        this.#height = undefined;
    }
}

function storedHeight(file: string): number | undefined {
    let text: string;
    try {
        text = readFileSync(file, 'utf8');
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
    }
    if (!/^\d{1,15}$/.test(text)) throw new Error(`${file} holds no number of blocks`);
    return Number(text);
}
