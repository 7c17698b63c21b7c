// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { reached } from '../process/faults/faultPoints.js';
import { logger } from '../process/logging.js';
import { TxValidationCode } from '../wire/codes.js';
import { encode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { storedCommitHash, withOutcome } from './blocks/blockEncoding.js';
import { BlockStore } from './blocks/blockStore.js';
import { ChannelMembers } from './privateData/channelMembers.js';
import type { PrivateDataSource } from './privateData/blockPrivateData.js';
import { ChannelState } from './state/channelState.js';
import { implicitCollection, type Collection } from './privateData/collections.js';
import { channelStatus } from './channelStatus.js';
import type { CommittedBlock } from './blocks/committedBlock.js';
import { CommittedChain } from './blocks/committedChain.js';
import { reportCommit, type CommitTimes } from './commitReport.js';
import { commitHash, updateBytes } from './blocks/commitHash.js';
import { validateAndPrepare } from './validation/mvcc.js';
import { eventLoopTurns } from './eventLoopTurns.js';
import { parseBlock } from './validation/parsedTransaction.js';
import { recoverState } from './state/stateRecovery.js';
import { PrivateData } from './privateData/privateData.js';
import { PreResetHeight } from './preResetHeight.js';
import { Simulation } from './simulation/simulation.js';
import type { StateReader } from './state/stateReader.js';
import type { TransientStore } from './privateData/transientStore.js';

export interface ChannelLedgerOptions {
    /** Directory of this channel alone. */
    readonly dir: string;
    readonly channelId: string;
    /** The peer's own organisation, of whose implicit collections it keeps the clear text. */
    readonly mspId?: string;
    /** `ledger.state.totalQueryLimit` */
    readonly totalQueryLimit?: number;
    /** `ledger.history.enableHistoryDatabase`; true when absent. */
    readonly historyEnabled?: boolean;
    readonly maxBlockFileBytes?: number;
}

const log = logger('kvledger');

/**
 * One channel's ledger on a peer: chain, world state, history and private data. Commits one block at a time; whatever
 * reads sees whole blocks only, and a block is announced after its state can be read.
 */
export class ChannelLedger extends CommittedChain {
    readonly channelId: string;
    readonly privateData: PrivateData;
    readonly #options: ChannelLedgerOptions;
    readonly #blocks: BlockStore;
    readonly #state: ChannelState;
    readonly #listeners = new Set<(block: CommittedBlock) => void>();
    #commitHash: Buffer | undefined;
    readonly #members: ChannelMembers;
    readonly #preReset: PreResetHeight;
    #commit: Promise<unknown> | undefined;
    /** Settled when nobody writes the state. */
    #turn: Promise<unknown> = Promise.resolve();
    readonly #ownOnly: PrivateDataSource;
    /** Why a commit stopped half-way; only opening the ledger anew can tell what is on disk. */
    #failure: unknown;
    #closed = false;

    private constructor(options: ChannelLedgerOptions, blocks: BlockStore, state: ChannelState) {
        super(blocks);
        this.channelId = options.channelId;
        this.#options = options;
        this.#blocks = blocks;
        this.#state = state;
        this.privateData = new PrivateData(blocks, state, (write) => this.#inTurn(write));
        this.#members = new ChannelMembers(() => state.newReader());
        this.#preReset = new PreResetHeight(join(options.dir, 'blocks'));
        this.#preReset.reached(this.height);
        this.#ownOnly = {
            isEligible: ({ name }) => name === implicitCollection(options.mspId ?? ''),
            fetch: () => Promise.resolve([]),
        };
        this.#commitHash = this.height === 0 ? undefined : storedCommitHash(blocks.block(this.height - 1));
    }

    /** Opens or creates the ledger; blocks that the state lacks are replayed. A new ledger has height 0. */
    static async open(options: ChannelLedgerOptions): Promise<ChannelLedger> {
        const { dir, maxBlockFileBytes, historyEnabled = true } = options;
        const blocks = await BlockStore.open(join(dir, 'blocks'), {
            ...(maxBlockFileBytes !== undefined && { maxFileBytes: maxBlockFileBytes }),
        });
        let state: ChannelState | undefined;
        try {
            state = await ChannelState.open(join(dir, 'state'), blocks, historyEnabled);
            await recoverState(options.channelId, blocks, state);
            return new ChannelLedger(options, blocks, state);
        } catch (error) {
            await state?.close();
            await blocks.close();
            throw error;
        }
    }

    /** Creates the ledger from the channel's genesis block. */
    static async create(options: ChannelLedgerOptions, genesisBlock: common.Block.$Properties): Promise<ChannelLedger> {
        const ledger = await ChannelLedger.open(options);
        if (ledger.height > 0) {
            await ledger.close();
            const status = channelStatus(options.dir);
            throw new Error(`ledger [${options.channelId}] already exists with state [${status}]`);
        }
        try {
            await ledger.commit(genesisBlock, Uint8Array.of(TxValidationCode.VALID));
            return ledger;
        } catch (error) {
            await ledger.close();
            throw error;
        }
    }

    /** Commit hash of the last block; undefined at height 1 and below. */
    get lastCommitHash(): Buffer | undefined {
        return this.#commitHash;
    }

    /** The height to come back to after a reset or rollback; undefined in ordinary operation. */
    get preResetHeight(): number | undefined {
        return this.#preReset.height;
    }

    /** Clear text of private writes that were endorsed here and are not ordered yet. */
    get transientStore(): TransientStore {
        return this.#state.transient;
    }

    /** `creatorIsMember`: whether the proposal's creator is a member of a collection; absent: collections are open to it. */
    newSimulation(txId: string, creatorIsMember?: (collection: Collection) => boolean): Simulation {
        const reader = this.#state.newReader();
        const history = this.#state.historyAt(reader);
        const { totalQueryLimit } = this.#options;
        return new Simulation({
            txId,
            channelId: this.channelId,
            isMember: (mspId) => this.#isMember(mspId),
            reader,
            ...(creatorIsMember !== undefined && { creatorIsMember }),
            ...(history !== undefined && { history }),
            ...(totalQueryLimit !== undefined && { totalQueryLimit }),
        });
    }

    /** The state at the present height. Release it. */
    newReader(): StateReader {
        return this.#state.newReader();
    }

    /**
     * Commits the next block. `codes`: the outcome of signature and policy validation, to which state validation adds.
     * `source`: where private data comes from that is not in the transient store, and of which collections; absent: only
     * of the own organisation's implicit ones, and from nowhere. Throws when the block does not continue the chain, before anything is written.
     */
    async commit(
        block: common.Block.$Properties,
        codes: Uint8Array,
        source: PrivateDataSource = this.#ownOnly,
    ): Promise<CommittedBlock> {
        this.#assertUsable();
        this.#blocks.assertNext(block);
        if (codes.length !== (block.data?.data ?? []).length) {
            throw new Error(`${String(codes.length)} codes do not fit the transactions of the block`);
        }
        const commit = this.#inTurn(() => this.#commitBlock(block, codes, source));
        this.#commit = commit;
        try {
            return await commit;
        } catch (error) {
            this.#failure = error;
            throw error;
        } finally {
            this.#commit = undefined;
        }
    }

    /** Calls back after each commit, in order; returns a function that stops it. */
    onCommitted(listener: (block: CommittedBlock) => void): () => void {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }

    /** Waits for a running commit, then closes the files. */
    async close(): Promise<void> {
        if (this.#closed) {
            return;
        }
        this.#closed = true;
        await Promise.allSettled([this.#commit, this.#turn]);
        const closed = new Error(`the ledger of channel ${this.channelId} is closed`, { cause: this.#failure });
        this.#failure ??= closed;
        this.stopWaiting(closed);
        await this.#state.close();
        await this.#blocks.close();
    }

    async #commitBlock(
        block: common.Block.$Properties,
        signatureCodes: Uint8Array,
        source: PrivateDataSource,
    ): Promise<CommittedBlock> {
        const started = performance.now();
        const number = block.header?.number ?? 0;
        const transactions = parseBlock(block);
        const reader = this.#state.newReader();
        try {
            const { codes, updates } = await validateAndPrepare({
                blockNum: number,
                transactions,
                codes: signatureCodes,
                reader,
                pause: eventLoopTurns(),
            });
            const hash = this.#nextCommitHash(number, codes, updateBytes(updates));
            const stored = withOutcome(block, codes, hash);
            const bytes = encode(common.Block, stored);
            const validated = performance.now();
            const lookup = {
                ...{ blockNum: number, transactions, reader, source },
                isMember: (mspId: string) => this.#isMember(mspId),
                wasCommitted: number < (this.#preReset.height ?? 0),
            };
            const { present: privateData, stored: isDurable } = await this.privateData.prepare(lookup);
            if (isDurable) reached('ledger.privateDataWritten');
            await this.#blocks.append(stored, bytes);
            const blockWritten = performance.now();
            await this.#state.apply({ number, bytes, transactions, codes, updates, privateData }, reader);
            reached('ledger.stateWritten');
            const committed = { number, bytes, block: stored, codes, commitHash: hash, transactions };
            this.#publish(committed, { started, validated, blockWritten });
            await this.#state.transient.purge(
                transactions.map(({ txId }) => txId),
                number,
            );
            reached('ledger.transientPurged');
            return committed;
        } finally {
            reader.release();
        }
    }

    /** Commits and additions of old private data write the state one after the other. */
    #inTurn<T>(write: () => Promise<T>): Promise<T> {
        const turn = this.#turn.then(() => {
            if (this.#failure !== undefined) throw this.#unusable();
            return write();
        });
        this.#turn = turn.catch(() => undefined);
        return turn;
    }

    #nextCommitHash(number: number, codes: Uint8Array, updates: Buffer): Buffer | undefined {
        if (number === 0 || (number > 1 && this.#commitHash === undefined)) {
            return undefined;
        }
        return commitHash(codes, updates, this.#commitHash ?? Buffer.alloc(0));
    }

    #publish(committed: CommittedBlock, times: CommitTimes): void {
        this.#commitHash = committed.commitHash;
        this.advance();
        this.#preReset.reached(this.height);
        reportCommit(this.channelId, committed, times);
        for (const listener of this.#listeners) {
            try {
                listener(committed);
            } catch (error) {
                log.error(
                    `[${this.channelId}] a listener failed at block [${String(committed.number)}]: ${String(error)}`,
                );
            }
        }
    }

    #isMember(mspId: string): boolean {
        return this.#members.has(mspId, this.height);
    }

    #assertUsable(): void {
        if (this.#failure !== undefined) {
            throw this.#unusable();
        }
        if (this.#commit !== undefined) {
            throw new Error(`a block is being committed to channel ${this.channelId} already`);
        }
    }

    #unusable(): Error {
        return new Error(`the ledger of channel ${this.channelId} must be opened again`, { cause: this.#failure });
    }
}
