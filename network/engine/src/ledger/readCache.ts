// SPDX-License-Identifier: Apache-2.0
import type { VersionedValue } from './stateReader.js';

/** Values that take more room than this are read from the database each time. */
const largestCachedBytes = 16 * 1024;
/** Map entry, key string and objects of a cached value, roughly. */
const overheadBytes = 250;

/**
 * Recently used values of the latest height, bounded in bytes. Two generations stand in for an exact order of use: when
 * the young one is full it becomes the old one, and what is not read again until the next turn is forgotten.
 */
export class ReadCache {
    readonly #generationBytes: number;
    #young = new Map<string, VersionedValue>();
    #old = new Map<string, VersionedValue>();
    #youngBytes = 0;

    /** `limitBytes`: most memory that values and keys may take. */
    constructor(limitBytes: number) {
        this.#generationBytes = limitBytes / 2;
    }

    get(id: string): VersionedValue | undefined {
        const young = this.#young.get(id);
        if (young !== undefined) {
            return young;
        }
        const old = this.#old.get(id);
        if (old !== undefined) {
            this.set(id, old);
        }
        return old;
    }

    /** `value` must own its memory: a slice would keep a whole block alive. */
    set(id: string, value: VersionedValue): void {
        this.delete(id);
        const bytes = value.value.length + (value.metadata?.length ?? 0);
        if (bytes > largestCachedBytes) {
            return;
        }
        this.#young.set(id, value);
        this.#youngBytes += bytes + id.length + overheadBytes;
        if (this.#youngBytes > this.#generationBytes) {
            this.#old = this.#young;
            this.#young = new Map();
            this.#youngBytes = 0;
        }
    }

    delete(id: string): void {
        this.#young.delete(id);
        this.#old.delete(id);
    }
}
