// SPDX-License-Identifier: Apache-2.0
import { TxValidationCode } from '../wire/codes.js';
import { common } from '../wire/protobuf.js';
import type { Collection } from './privateData/collections.js';
import { commitHash, updateBytes } from './blocks/commitHash.js';
import { modificationOf } from './state/historyDatabase.js';
import { MemoryStateDatabase } from './state/memoryStateDatabase.js';
import { validateAndPrepare, type StateTransaction } from './validation/mvcc.js';
import { parseReadWriteSet } from './simulation/readWriteSet.js';
import { Simulation } from './simulation/simulation.js';
import type { HistoryCursor, HistoryReader, KeyModification, StateReader } from './state/stateReader.js';

interface InMemoryLedgerOptions {
    readonly channelId?: string;
    /** MSP ids of the channel's organisations: those whose implicit collections exist. */
    readonly organisations?: readonly string[];
    readonly totalQueryLimit?: number;
}

/** An endorsed transaction without its signatures. */
export interface SimulatedTransaction {
    readonly txId: string;
    /** Serialised TxReadWriteSet, from {@link Simulation.finish}. */
    readonly results: Uint8Array;
    /** The client's timestamp, which the history of keys shows. */
    readonly timestamp?: { readonly seconds: number; readonly nanos: number };
}

interface SimulatedBlock {
    readonly number: number;
    /** One TxValidationCode per transaction. */
    readonly codes: Uint8Array;
    readonly commitHash: Buffer;
}

/**
 * A ledger for tests of chaincode: simulation, read-write sets, state validation and history are those of a peer, without
 * blocks on disk, signatures and endorsement policies. Deterministic: the same calls give the same bytes.
 */
export class InMemoryLedger {
    readonly #state = new MemoryStateDatabase();
    readonly #history = new MemoryHistory();
    readonly #txIds = new Set<string>();
    readonly #options: InMemoryLedgerOptions;
    #commitHash: Buffer = Buffer.alloc(0);
    /** Block 0 is the channel's configuration on a real channel. */
    #height = 1;

    constructor(options: InMemoryLedgerOptions = {}) {
        this.#options = options;
    }

    /** Number of the next block. */
    get height(): number {
        return this.#height;
    }

    /** Starts a transaction on a snapshot of the committed state. */
    newSimulation(txId: string, creatorIsMember?: (collection: Collection) => boolean): Simulation {
        const { channelId = 'test', organisations = [], totalQueryLimit } = this.#options;
        return new Simulation({
            txId,
            channelId,
            isMember: (mspId) => organisations.includes(mspId),
            reader: this.newReader(),
            history: this.#history,
            ...(creatorIsMember !== undefined && { creatorIsMember }),
            ...(totalQueryLimit !== undefined && { totalQueryLimit }),
        });
    }

    /** A snapshot of the committed state. */
    newReader(): StateReader {
        return this.#state.newReader();
    }

    /** Orders the transactions into one block, validates what they read and applies those that stay valid. */
    async commit(transactions: readonly SimulatedTransaction[]): Promise<SimulatedBlock> {
        const number = this.#height;
        const parsed = transactions.map(asStateTransaction);
        const reader = this.newReader();
        const prepared = await validateAndPrepare({
            blockNum: number,
            transactions: parsed,
            codes: this.#duplicateCodes(transactions),
            reader,
        });
        reader.release();
        const { codes, updates } = prepared;
        this.#commitHash = commitHash(codes, updateBytes(updates), this.#commitHash);
        await this.#state.apply(updates, { blockNum: number, txNum: Math.max(0, transactions.length - 1) });
        for (const [index, transaction] of parsed.entries()) {
            if (codes[index] === TxValidationCode.VALID) {
                this.#history.add(transaction);
            }
        }
        this.#height++;
        return { number, codes, commitHash: this.#commitHash };
    }

    #duplicateCodes(transactions: readonly SimulatedTransaction[]): Uint8Array {
        return Uint8Array.from(transactions, ({ txId }) => {
            if (this.#txIds.has(txId)) {
                return TxValidationCode.DUPLICATE_TXID;
            }
            this.#txIds.add(txId);
            return TxValidationCode.VALID;
        });
    }
}

interface SimulatedStateTransaction extends StateTransaction {
    readonly txId: string;
    readonly channelHeader: common.ChannelHeader;
}

function asStateTransaction({ txId, results, timestamp }: SimulatedTransaction): SimulatedStateTransaction {
    return {
        txId,
        isEndorserTransaction: true,
        isConfiguration: false,
        readWriteSet: parseReadWriteSet(results),
        payload: { data: Buffer.alloc(0) },
        channelHeader: new common.ChannelHeader({ timestamp: timestamp ?? {} }),
    };
}

class MemoryHistory implements HistoryReader {
    /** Oldest first. */
    readonly #modifications = new Map<string, KeyModification[]>();

    add(transaction: SimulatedStateTransaction): void {
        for (const { namespace, kv } of transaction.readWriteSet) {
            for (const { key } of kv.writes) {
                const id = `${namespace}\0${key ?? ''}`;
                const known = this.#modifications.get(id) ?? [];
                known.push(modificationOf(transaction, namespace, key ?? ''));
                this.#modifications.set(id, known);
            }
        }
    }

    history(namespace: string, key: string): HistoryCursor {
        const newestFirst = [...(this.#modifications.get(`${namespace}\0${key}`) ?? [])].reverse();
        return {
            next: (count) => Promise.resolve(newestFirst.splice(0, count)),
            close: () => Promise.resolve(),
        };
    }
}
