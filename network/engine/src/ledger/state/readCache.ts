// SPDX-License-Identifier: Apache-2.0
import type { VersionedValue } from './stateReader.js';

/** Values that take more room than this are read from the database each time. */
const largestCachedBytes = 16 * 1024;
/** Map entry, key string and objects of a cached value, roughly. */
const overheadBytes = 250;

/** By space, then by key: joining the two to one string for each read cost more than reading. */
type Generation = Map<string, Map<string, VersionedValue>>;

/**
 * Recently read values of the latest height, bounded in bytes. Two generations stand in for an exact order of use: when
 * the young one is full it becomes the old one, and what is not read again until the next turn is forgotten.
 */
export class ReadCache {
    readonly #generationBytes: number;
    #young: Generation = new Map();
    #old: Generation = new Map();
    #youngBytes = 0;

    /** `limitBytes`: most memory that values and keys may take. */
    constructor(limitBytes: number) {
        this.#generationBytes = limitBytes / 2;
    }

    get(space: string, key: string): VersionedValue | undefined {
        const young = this.#young.get(space)?.get(key);
        if (young !== undefined) {
            return young;
        }
        const old = this.#old.get(space)?.get(key);
        if (old !== undefined) {
            this.set(space, key, old);
        }
        return old;
    }

    /** `value` must own its memory: a slice would keep a whole block alive. */
    set(space: string, key: string, value: VersionedValue): void {
        const bytes = value.value.length + (value.metadata?.length ?? 0);
        if (bytes > largestCachedBytes) {
            this.delete(space, key);
            return;
        }
        let values = this.#young.get(space);
        if (values === undefined) {
            values = new Map();
            this.#young.set(space, values);
        }
        values.set(key, value);
        this.#youngBytes += bytes + key.length + overheadBytes;
        if (this.#youngBytes > this.#generationBytes) {
            this.#old = this.#young;
            this.#young = new Map();
            this.#youngBytes = 0;
        }
    }

    /** Whether a value is known: what is written without ever being read is not worth keeping. */
    has(space: string, key: string): boolean {
        return this.#young.get(space)?.has(key) === true || this.#old.get(space)?.has(key) === true;
    }

    delete(space: string, key: string): void {
        this.#young.get(space)?.delete(key);
        this.#old.get(space)?.delete(key);
    }
}
