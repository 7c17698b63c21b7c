// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { sha256 } from '../../wire/hashing.js';
import { kvrwset } from '../../wire/protobuf.js';
import { versionMessage, type Version } from '../state/height.js';

/** Degree of the Merkle trees that peers build (core/ledger/kvledger/txmgmt/txmgr maxDegreeQueryReadsHashing). */
const defaultMaxDegree = 50;

/**
 * Collects the results of one range query as the read set shows them: up to `maxDegree` raw reads, beyond that a Merkle
 * summary (core/ledger/kvledger/txmgmt/rwsetutil/query_results_helper.go).
 */
export class RangeResults {
    readonly #maxDegree: number;
    #pending: kvrwset.KVRead.$Properties[] = [];
    /** Hashes by level; level 1 holds the leaves. */
    readonly #levels = new Map<number, Buffer[]>();
    #maxLevel = 1;

    constructor(maxDegree = defaultMaxDegree) {
        this.#maxDegree = maxDegree;
    }

    add(key: string, version: Version): void {
        this.#pending.push({ ...(key !== '' && { key }), version: versionMessage(version) });
        if (this.#pending.length > this.#maxDegree) {
            this.#hashPending();
        }
    }

    /** The member of RangeQueryInfo that holds the results; neither member when there were none. */
    finish(): Pick<kvrwset.RangeQueryInfo.$Properties, 'rawReads' | 'readsMerkleHashes'> {
        if (this.#levels.size === 0) {
            return this.#pending.length === 0 ? {} : { rawReads: { kvReads: this.#pending } };
        }
        if (this.#pending.length > 0) {
            this.#hashPending();
        }
        this.#closeTree();
        return {
            readsMerkleHashes: {
                maxDegree: this.#maxDegree,
                maxLevel: this.#maxLevel,
                maxLevelHashes: this.#hashesOf(this.#maxLevel),
            },
        };
    }

    #hashPending(): void {
        const leaf = sha256(encode(kvrwset.QueryReads, { kvReads: this.#pending }));
        this.#pending = [];
        this.#hashesOf(1).push(leaf);
        for (let level = 1; this.#hashesOf(level).length > this.#maxDegree; level++) {
            this.#raise(level);
        }
    }

    #closeTree(): void {
        for (let level = 1; level < this.#maxLevel; level++) {
            if (this.#hashesOf(level).length > 0) {
                this.#raise(level);
            }
        }
        if (this.#hashesOf(this.#maxLevel).length > this.#maxDegree) {
            this.#raise(this.#maxLevel);
        }
    }

    /** Moves a level's hashes up as one; a single hash moves unchanged. */
    #raise(level: number): void {
        const hashes = this.#hashesOf(level);
        const [first] = hashes;
        const combined = hashes.length === 1 && first !== undefined ? first : sha256(...hashes);
        this.#levels.set(level, []);
        this.#hashesOf(level + 1).push(combined);
        this.#maxLevel = Math.max(this.#maxLevel, level + 1);
    }

    #hashesOf(level: number): Buffer[] {
        let hashes = this.#levels.get(level);
        if (hashes === undefined) {
            hashes = [];
            this.#levels.set(level, hashes);
        }
        return hashes;
    }
}
