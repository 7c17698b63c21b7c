// SPDX-License-Identifier: Apache-2.0
import { TxValidationCode } from '../../wire/codes.js';
import { asBuffer } from '../../wire/decode.js';
import { encodeOrderPreservingVarint } from '../../wire/orderedBytes.js';
import { readOrderPreservingVarint } from './height.js';
import { isDelete } from '../simulation/keyOperations.js';
import type { Level, LevelOperation } from './level.js';
import { parseTransaction, type ParsedTransaction } from '../validation/parsedTransaction.js';
import type { HistoryCursor, HistoryReader, KeyModification } from './stateReader.js';

const lastKey = Buffer.from('H');

/** Reads bytes inside a stored block. */
type ReadInBlock = (blockNumber: number, offset: number, length: number) => Buffer;

export interface StoredTransaction {
    readonly transaction: ParsedTransaction;
    /** Position of the envelope in the stored block. */
    readonly offset: number;
    readonly length: number;
}

/**
 * Which valid transactions wrote a public key. Rows are `h <namespace> 00 <key length> <key> <block> <tx>` and point at
 * the envelope in its block, which holds value and time (core/ledger/kvledger/history).
 */
export class HistoryDatabase {
    readonly #level: Level;
    readonly #readInBlock: ReadInBlock;

    constructor(level: Level, readInBlock: ReadInBlock) {
        this.#level = level;
        this.#readInBlock = readInBlock;
    }

    /** Number of blocks whose writes the history knows; behind the state after it was switched off for a while. */
    get height(): number {
        const stored = this.#level.getSync(lastKey);
        return stored === undefined ? 0 : readOrderPreservingVarint(stored, 0).value + 1;
    }

    /** Rows of one block, to be written with its state. */
    rowsOf(blockNumber: number, transactions: readonly StoredTransaction[], codes: Uint8Array): LevelOperation[] {
        const rows: LevelOperation[] = [{ type: 'put', key: lastKey, value: encodeOrderPreservingVarint(blockNumber) }];
        for (const [txNumber, { transaction, offset, length }] of transactions.entries()) {
            if (codes[txNumber] !== TxValidationCode.VALID || !transaction.isEndorserTransaction) {
                continue;
            }
            const version = Buffer.concat([blockNumber, txNumber].map(encodeOrderPreservingVarint));
            const value = Buffer.concat([offset, length].map(encodeOrderPreservingVarint));
            for (const { namespace, kv } of transaction.readWriteSet) {
                for (const { key } of kv.writes) {
                    rows.push({ type: 'put', key: rowKey(namespace, key ?? '', version), value });
                }
            }
        }
        return rows;
    }

    /** History as of a snapshot of the database. */
    at(snapshot: ReturnType<Level['snapshot']>): HistoryReader {
        return { history: (namespace, key) => this.#cursor(namespace, key, snapshot) };
    }

    #cursor(namespace: string, key: string, snapshot: ReturnType<Level['snapshot']>): HistoryCursor {
        const prefix = rowPrefix(namespace, key);
        const iterator = this.#level.iterator({
            gte: prefix,
            // Versions begin with a length byte of at most 8.
            lt: Buffer.concat([prefix, Buffer.of(0xff)]),
            reverse: true,
            snapshot,
        });
        let closed = false;
        return {
            next: async (count) => {
                const modifications: KeyModification[] = [];
                while (modifications.length < count) {
                    const rows = await iterator.nextv(count - modifications.length);
                    if (rows.length === 0) {
                        break;
                    }
                    for (const [row, position] of rows) {
                        const blockNumber = readOrderPreservingVarint(row, prefix.length).value;
                        modifications.push(this.#modification(blockNumber, position, namespace, key));
                    }
                }
                return modifications;
            },
            close: async () => {
                if (!closed) {
                    closed = true;
                    await iterator.close();
                }
            },
        };
    }

    #modification(blockNumber: number, position: Buffer, namespace: string, key: string): KeyModification {
        const offset = readOrderPreservingVarint(position, 0);
        const length = readOrderPreservingVarint(position, offset.next);
        const transaction = parseTransaction(this.#readInBlock(blockNumber, offset.value, length.value));
        return modificationOf(transaction, namespace, key);
    }
}

/** What a transaction did to a key that it wrote. */
export function modificationOf(
    transaction: Pick<ParsedTransaction, 'txId' | 'channelHeader' | 'readWriteSet'>,
    namespace: string,
    key: string,
): KeyModification {
    const write = transaction.readWriteSet
        .find((set) => set.namespace === namespace)
        ?.kv.writes.find((candidate) => (candidate.key ?? '') === key);
    if (write === undefined) {
        throw new Error(`transaction ${transaction.txId} is in the history of a key it does not write`);
    }
    const { seconds, nanos } = transaction.channelHeader.timestamp ?? {};
    return {
        txId: transaction.txId,
        value: Buffer.from(isDelete(write) ? [] : asBuffer(write.value)),
        timestamp: { seconds: seconds ?? 0, nanos: nanos ?? 0 },
        isDelete: isDelete(write),
    };
}

function rowPrefix(namespace: string, key: string): Buffer {
    return rowKey(namespace, key, Buffer.alloc(0));
}

function rowKey(namespace: string, key: string, version: Buffer): Buffer {
    const length = encodeOrderPreservingVarint(Buffer.byteLength(key));
    return Buffer.concat([Buffer.from(`h${namespace}\0`), length, Buffer.from(key), version]);
}
