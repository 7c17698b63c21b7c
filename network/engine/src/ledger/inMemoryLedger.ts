// SPDX-License-Identifier: Apache-2.0
import { TxValidationCode } from '../wire/codes.js';
import { asBuffer, encode } from '../wire/decode.js';
import { common, lifecycle, protos, type rwset } from '../wire/protobuf.js';
import { withoutCollections } from './privateData/absentCollections.js';
import type { Collection } from './privateData/collections.js';
import type { ClearWrite } from './privateData/privateDataStore.js';
import { applyPrivateWrites } from './privateData/privateWrites.js';
import { commitHash, updateBytes } from './blocks/commitHash.js';
import { modificationOf } from './state/historyDatabase.js';
import { MemoryStateDatabase } from './state/memoryStateDatabase.js';
import { validateAndPrepare, type StateTransaction } from './validation/mvcc.js';
import { parseReadWriteSet } from './simulation/readWriteSet.js';
import { Simulation } from './simulation/simulation.js';
import { UpdateBatch } from './state/updateBatch.js';
import type { HistoryCursor, HistoryReader, KeyModification, StateReader } from './state/stateReader.js';

interface InMemoryLedgerOptions {
    readonly channelId?: string;
    /** MSP ids of the channel's organisations: those whose implicit collections exist. */
    readonly organisations?: readonly string[];
    readonly totalQueryLimit?: number;
    /** Private data collections by chaincode, as its committed definition has them. */
    readonly collections?: Readonly<Record<string, protos.CollectionConfigPackage.$Properties>>;
}

type CollectionTest = (collection: Collection) => boolean;

/** An endorsed transaction without its signatures. */
export interface SimulatedTransaction {
    readonly txId: string;
    /** Serialised TxReadWriteSet, from {@link Simulation.finish}. */
    readonly results: Uint8Array;
    /** Clear text of its private writes, of the same simulation. */
    readonly privateResults?: rwset.TxPvtReadWriteSet.$Properties;
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
        const definitions = new UpdateBatch();
        for (const [chaincode, collections] of Object.entries(options.collections ?? {})) {
            const Bytes = encode(protos.CollectionConfigPackage, collections);
            const value = encode(lifecycle.StateData, { Bytes });
            const version = { blockNum: 0, txNum: 0 };
            definitions.putPublic('_lifecycle', `namespaces/fields/${chaincode}/Collections`, { value, version });
        }
        void this.#state.apply(definitions, { blockNum: 0, txNum: 0 });
    }

    /** Number of the next block. */
    get height(): number {
        return this.#height;
    }

    /**
     * Starts a transaction on a snapshot of the committed state.
     *
     * @param creatorIsMember whether the proposal's creator is a member of a collection; absent: nobody asks
     * @param peerIsMember whether the simulating peer has a collection's clear text; absent: it has all
     */
    newSimulation(txId: string, creatorIsMember?: CollectionTest, peerIsMember?: CollectionTest): Simulation {
        const { channelId = 'test', organisations = [], totalQueryLimit } = this.#options;
        const reader = this.newReader();
        return new Simulation({
            txId,
            channelId,
            isMember: (mspId) => organisations.includes(mspId),
            reader: peerIsMember === undefined ? reader : withoutCollections(reader, peerIsMember),
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
        const { codes, updates } = prepared;
        this.#commitHash = commitHash(codes, updateBytes(updates), this.#commitHash);
        const isValid = (txNum: number): boolean => codes[txNum] === TxValidationCode.VALID;
        applyPrivateWrites(clearWrites(number, transactions, isValid), updates, reader);
        reader.release();
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

/** The clear text of the block's valid transactions; every member's peer was sent it. */
function clearWrites(
    blockNum: number,
    transactions: readonly SimulatedTransaction[],
    isValid: (txNum: number) => boolean,
): readonly ClearWrite[] {
    return transactions.flatMap(({ privateResults }, txNum) =>
        (isValid(txNum) ? (privateResults?.nsPvtRwset ?? []) : []).flatMap(({ namespace, collectionPvtRwset }) =>
            (collectionPvtRwset ?? []).map(({ collectionName, rwset }) => ({
                version: { blockNum, txNum },
                namespace: namespace ?? '',
                collection: collectionName ?? '',
                rwset: asBuffer(rwset),
            })),
        ),
    );
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
