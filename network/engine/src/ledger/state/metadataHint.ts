// SPDX-License-Identifier: Apache-2.0
import type { Level, LevelOperation } from './level.js';
import type { StateUpdate, UpdateBatch } from './updateBatch.js';

const hintKey = Buffer.from('M');

/**
 * Which spaces of a state ever had a key with metadata. Nearly none do, and for the others a write need not ask the database for
 * metadata to keep (core/ledger/kvledger/txmgmt/privacyenabledstate, metadataHint). A space is never taken back.
 */
export class MetadataHint {
    /** Undefined for a state from before there were hints: any of its spaces may have metadata. */
    readonly #spaces: Set<string> | undefined;
    #isStored: boolean;

    private constructor(spaces: Set<string> | undefined, isStored: boolean) {
        this.#spaces = spaces;
        this.#isStored = isStored;
    }

    /** `isNew`: nothing was ever written to this state. */
    static read(level: Level, isNew: boolean): MetadataHint {
        const stored = level.getSync(hintKey);
        if (stored !== undefined) return new MetadataHint(new Set(JSON.parse(stored.toString()) as string[]), true);
        return new MetadataHint(isNew ? new Set() : undefined, false);
    }

    mayHave(space: string): boolean {
        return this.#spaces?.has(space) ?? true;
    }

    /** Notes the spaces to which a block brings metadata; answers what has to be written with it. */
    add(batch: UpdateBatch): LevelOperation[] {
        if (this.#spaces === undefined) return [];
        for (const [space, { entries }] of batch.spaces) {
            if (!this.#spaces.has(space) && hasMetadata(entries.values())) {
                this.#spaces.add(space);
                this.#isStored = false;
            }
        }
        if (this.#isStored) return [];
        this.#isStored = true;
        return [{ type: 'put', key: hintKey, value: Buffer.from(JSON.stringify([...this.#spaces])) }];
    }
}

function hasMetadata(updates: Iterable<StateUpdate>): boolean {
    for (const { metadata } of updates) {
        if (metadata !== undefined) return true;
    }
    return false;
}
