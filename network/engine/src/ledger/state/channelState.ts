// SPDX-License-Identifier: Apache-2.0
import { TxValidationCode } from '../../wire/codes.js';
import { decode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { expireHashes } from '../privateData/collectionExpiry.js';
import { dropDerivedRows, finishDropping } from './derivedRows.js';
import { HistoryDatabase, type StoredTransaction } from './historyDatabase.js';
import { openLevel, writeBatch, type Level, type LevelOperation } from './level.js';
import { LevelStateDatabase, storedSavepoint, type LevelReader } from './levelStateDatabase.js';
import type { ParsedTransaction } from '../validation/parsedTransaction.js';
import { PrivateDataStore, type ClearWrite } from '../privateData/privateDataStore.js';
import { applyPrivateWrites, forgetPrivateValues } from '../privateData/privateWrites.js';
import { purgesOf } from '../privateData/purges.js';
import type { HistoryReader } from './stateReader.js';
import { TransientStore } from '../privateData/transientStore.js';
import type { UpdateBatch } from './updateBatch.js';
import type { BlockStore } from '../blocks/blockStore.js';

/** A validated block on its way into the state. */
interface BlockOutcome {
    readonly number: number;
    /** The block as stored, with its outcome in the metadata. */
    readonly bytes: Buffer;
    readonly transactions: readonly ParsedTransaction[];
    readonly codes: Uint8Array;
    readonly updates: UpdateBatch;
    readonly privateData: readonly ClearWrite[];
}

const remedy =
    'If it is damaged, remove the folder: state and history are rebuilt from the blocks. Private data that only this ' +
    'peer keeps is lost with it unless the folder is restored from a backup.';

/** Everything of a channel that is not its blocks, in one LevelDB: state, history, private data before and after commit. */
export class ChannelState {
    readonly privateData: PrivateDataStore;
    readonly transient: TransientStore;
    readonly #level: Level;
    readonly #state: LevelStateDatabase;
    readonly #history: HistoryDatabase | undefined;

    private constructor(level: Level, transient: TransientStore, blocks: BlockStore, historyEnabled: boolean) {
        this.#level = level;
        this.#state = new LevelStateDatabase(level);
        this.privateData = new PrivateDataStore(level);
        this.transient = transient;
        this.#history = historyEnabled
            ? new HistoryDatabase(level, (number, offset, length) => blocks.readInBlock(number, offset, length))
            : undefined;
    }

    static async open(directory: string, blocks: BlockStore, historyEnabled: boolean): Promise<ChannelState> {
        const level = await openLevel(directory, remedy);
        await finishDropping(level);
        return new ChannelState(level, await TransientStore.open(level), blocks, historyEnabled);
    }

    /**
     * Removes what the next opening builds again from the blocks; resolves to the number of blocks it contained. The database
     * must not be open.
     */
    static async dropDerived(directory: string): Promise<number> {
        const level = await openLevel(directory, remedy);
        try {
            const savepoint = storedSavepoint(level);
            await dropDerivedRows(level);
            return savepoint === undefined ? 0 : savepoint.blockNum + 1;
        } finally {
            await level.close();
        }
    }

    /** Number of blocks that the state contains. */
    get height(): number {
        return this.#state.savepoint === undefined ? 0 : this.#state.savepoint.blockNum + 1;
    }

    newReader(): LevelReader {
        return this.#state.newReader();
    }

    /** History at the height of a reader; undefined when the history database is switched off. */
    historyAt(reader: LevelReader): HistoryReader | undefined {
        return this.#history?.at(reader.snapshot);
    }

    /**
     * Writes state and history of a block in one atomic batch, in a `replay` of several blocks, which {@link endReplay} ends.
     * `reader` shows the state before the block.
     */
    async apply(outcome: BlockOutcome, reader: LevelReader, { replay = false } = {}): Promise<void> {
        const { number: blockNum, codes, updates } = outcome;
        const valid = outcome.privateData.filter(({ version }) => codes[version.txNum] === TxValidationCode.VALID);
        applyPrivateWrites(valid, updates, reader);
        const purged = await this.privateData.purge(purgesOf(blockNum, outcome.transactions, codes));
        const expired = await this.privateData.expire(blockNum);
        const savepoint = { blockNum, txNum: Math.max(0, outcome.transactions.length - 1) };
        forgetPrivateValues([...purged.forgotten, ...expired.forgotten], savepoint, updates, reader);
        expireHashes(updates, blockNum, reader);
        const history = this.#history?.rowsOf(blockNum, storedTransactions(outcome), codes) ?? [];
        const rows = [...purged.rows, ...expired.rows, ...history];
        // What a block does to private data, the next one must find in the database.
        if (replay && (await this.privateData.isEmpty())) await this.#state.hold(updates, savepoint, rows);
        else await this.#state.apply(updates, savepoint, rows);
    }

    /** Writes what is left of replayed blocks. */
    endReplay(): Promise<void> {
        return this.#state.writeHeld();
    }

    /** Adds private values of earlier blocks, with the rows that store their write sets. */
    async applyOld(updates: UpdateBatch, rows: readonly LevelOperation[]): Promise<void> {
        const { savepoint } = this.#state;
        if (savepoint !== undefined) await this.#state.apply(updates, savepoint, rows);
    }

    /** Number of blocks in the history; that of the state when history is switched off. */
    get historyHeight(): number {
        return this.#history?.height ?? this.height;
    }

    /** Adds a block that the state already has to the history. */
    async addToHistory(block: Pick<BlockOutcome, 'number' | 'bytes' | 'transactions' | 'codes'>): Promise<void> {
        const rows = this.#history?.rowsOf(block.number, storedTransactions(block), block.codes) ?? [];
        await writeBatch(this.#level, rows);
    }

    async close(): Promise<void> {
        await this.#state.close();
        await this.#level.close();
    }
}

/** Pairs each parsed transaction with the place of its envelope in the stored bytes. */
function storedTransactions({
    bytes,
    transactions,
}: Pick<BlockOutcome, 'bytes' | 'transactions'>): StoredTransaction[] {
    const envelopes = decode(common.Block, bytes, 'Block').data?.data ?? [];
    return transactions.map((transaction, i) => {
        const envelope = envelopes[i] ?? bytes.subarray(0, 0);
        return { transaction, offset: envelope.byteOffset - bytes.byteOffset, length: envelope.length };
    });
}
