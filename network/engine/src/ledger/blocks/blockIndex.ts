// SPDX-License-Identifier: Apache-2.0
import { encodeOrderPreservingVarint } from '../../wire/orderedBytes.js';
import type { BlockLocation } from './blockFiles.js';
import { readOrderPreservingVarint } from '../state/height.js';
import { writeBatch, type Level, type LevelOperation } from '../state/level.js';

/** What is remembered of a transaction: the earliest place where its id was stored, and its code there. */
export interface TransactionLocation {
    readonly blockNumber: number;
    readonly txNumber: number;
    readonly code: number;
}

export interface IndexedTransaction {
    /** '' is not indexed. */
    readonly txId: string;
    readonly code: number;
}

/** What is indexed of a stored block. */
interface IndexedBlock {
    readonly number: number;
    readonly headerHash: Buffer;
    readonly location: BlockLocation;
    readonly transactions: readonly IndexedTransaction[];
}

const lastKey = Buffer.from('l');

/** Finds blocks by number and header hash, and transactions by id (common/ledger/blkstorage/blockindex.go). */
export class BlockIndex {
    readonly #level: Level;

    constructor(level: Level) {
        this.#level = level;
    }

    /** Number of blocks in the index. */
    get height(): number {
        const last = this.#level.getSync(lastKey);
        return last === undefined ? 0 : readOrderPreservingVarint(last, 0).value + 1;
    }

    async add({ number, headerHash, location, transactions }: IndexedBlock): Promise<void> {
        const numberBytes = encodeOrderPreservingVarint(number);
        const operations: LevelOperation[] = [
            { type: 'put', key: blockKey(number), value: numbers(location.file, location.offset, location.length) },
            { type: 'put', key: hashKey(headerHash), value: numberBytes },
        ];
        const inBlock = new Set<string>();
        for (const [txNumber, { txId, code }] of transactions.entries()) {
            if (txId !== '' && !inBlock.has(txId) && this.transaction(txId) === undefined) {
                inBlock.add(txId);
                operations.push({ type: 'put', key: transactionKey(txId), value: numbers(number, txNumber, code) });
            }
        }
        operations.push({ type: 'put', key: lastKey, value: numberBytes });
        await writeBatch(this.#level, operations);
    }

    location(number: number): BlockLocation | undefined {
        const stored = this.#level.getSync(blockKey(number));
        if (stored === undefined) {
            return undefined;
        }
        const [file, offset, length] = readNumbers(stored);
        return { file, offset, length };
    }

    numberOf(headerHash: Uint8Array): number | undefined {
        const stored = this.#level.getSync(hashKey(headerHash));
        return stored && readOrderPreservingVarint(stored, 0).value;
    }

    transaction(txId: string): TransactionLocation | undefined {
        const stored = this.#level.getSync(transactionKey(txId));
        if (stored === undefined) {
            return undefined;
        }
        const [blockNumber, txNumber, code] = readNumbers(stored);
        return { blockNumber, txNumber, code };
    }
}

function blockKey(number: number): Buffer {
    return Buffer.concat([Buffer.from('n'), encodeOrderPreservingVarint(number)]);
}

function hashKey(headerHash: Uint8Array): Buffer {
    return Buffer.concat([Buffer.from('h'), headerHash]);
}

function transactionKey(txId: string): Buffer {
    return Buffer.from(`t${txId}`);
}

function numbers(a: number, b: number, c: number): Buffer {
    return Buffer.concat([a, b, c].map(encodeOrderPreservingVarint));
}

function readNumbers(bytes: Buffer): [number, number, number] {
    const a = readOrderPreservingVarint(bytes, 0);
    const b = readOrderPreservingVarint(bytes, a.next);
    const c = readOrderPreservingVarint(bytes, b.next);
    return [a.value, b.value, c.value];
}
