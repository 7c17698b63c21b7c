// SPDX-License-Identifier: Apache-2.0
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { lastConfigIndex } from '../channel/configBlock.js';
import type { BlockSource } from '../delivery/blockSource.js';
import { SeekRefused } from '../delivery/seekRequest.js';
import { HeightWatch } from '../ledger/heightWatch.js';
import { BlockStore } from '../ledger/blocks/blockStore.js';
import { diskAdvice } from '../process/diskAdvice.js';
import { logger } from '../process/logging.js';
import { counter, gauge } from '../process/metrics.js';
import { Status } from '../wire/codes.js';
import { encode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { common } from '../wire/protobuf.js';
import { BlockCutter, type OrderedMessage } from './blockCutter.js';
import { signedBlock } from './blockWriter.js';
import { admitUpdate } from './configurationUpdate.js';
import type { FilterOptions } from './messageFilters.js';
import { Refusal } from './refusal.js';
import type { SubmittedMessage } from './submittedMessage.js';

/** Blocks that may wait to be written before senders are made to wait (etcdraft's MaxInflightBlocks). */
const maxBlocksInFlight = 5;
const log = logger('orderer.consensus.etcdraft');
const committed = gauge(
    'consensus_etcdraft_committed_block_number',
    'The block number of the latest block committed.',
    ['channel'],
);
const height = gauge('ledger_blockchain_height', 'Height of the chain in blocks.', ['channel']);
const transactions = counter('ledger_transaction_count', 'Number of transactions processed.', ['channel']);

/** One channel that this orderer orders alone: batches, the batch timer, and the blocks on disk. */
export class OrderedChannel implements BlockSource {
    readonly #store: BlockStore;
    readonly #signer: Signer;
    readonly #watch: HeightWatch;
    readonly #cutter = new BlockCutter();
    #configuration: ChannelConfiguration;
    #lastConfig: number;
    #timer: NodeJS.Timeout | undefined;
    #writing: Promise<void> = Promise.resolve();
    #blocksInFlight = 0;
    #failure: Error | undefined;
    #closed = false;

    private constructor(store: BlockStore, configuration: ChannelConfiguration, lastConfig: number, signer: Signer) {
        this.#configuration = configuration;
        this.#lastConfig = lastConfig;
        this.#store = store;
        this.#signer = signer;
        this.#watch = new HeightWatch(store.height);
        this.#publishHeight();
    }

    /** Opens a channel that was joined. Undefined when the folder holds no block: the join never finished. */
    static async open(directory: string, signer: Signer): Promise<OrderedChannel | undefined> {
        const store = await BlockStore.open(directory, { indexTransactions: false });
        if (store.height === 0) {
            await store.close();
            return undefined;
        }
        const lastConfig = lastConfigIndex(store.block(store.height - 1));
        const configuration = ChannelConfiguration.fromConfigBlock(store.block(lastConfig));
        return new OrderedChannel(store, configuration, lastConfig, signer);
    }

    /** Starts a channel from its genesis block, whose bytes are kept as they are. */
    static async create(
        directory: string,
        genesis: { readonly block: common.Block; readonly bytes: Buffer },
        signer: Signer,
    ): Promise<OrderedChannel> {
        const configuration = ChannelConfiguration.fromConfigBlock(genesis.block);
        const store = await BlockStore.open(directory, { indexTransactions: false });
        await store.append(genesis.block, genesis.bytes);
        return new OrderedChannel(store, configuration, 0, signer);
    }

    get channelId(): string {
        return this.#configuration.channelId;
    }

    /** The configuration that the next message is judged by. */
    get configuration(): ChannelConfiguration {
        return this.#configuration;
    }

    /** Number of the newest configuration block on disk. */
    get lastConfig(): number {
        return this.#lastConfig;
    }

    height(): number {
        return this.#watch.height;
    }

    blockBytes(number: number): Buffer {
        return this.#store.blockBytes(number);
    }

    waitForBlock(number: number, signal: AbortSignal): Promise<void> {
        return this.#watch.waitFor(number, signal);
    }

    /**
     * Takes a message that passed the filters into the current batch; its place in the chain is fixed when this returns.
     * Throws Refusal with SERVICE_UNAVAILABLE when the channel is stopped.
     */
    order(message: OrderedMessage): void {
        this.#assertRunning();
        const { batches, pending } = this.#cutter.add(message, this.#configuration.orderer.batchSize);
        for (const batch of batches) {
            this.#write(batch);
        }
        // When a batch was cut to make room, the timer runs on: the new batch may live shorter than the timeout.
        if (pending) {
            this.#timer ??= setTimeout(() => {
                this.#cutPending();
            }, this.#configuration.orderer.batchTimeoutMs);
        } else {
            this.#stopTimer();
        }
    }

    /**
     * Takes a configuration update: what is pending is cut, the configuration gets a block of its own and is in force for
     * the next message, before anyone can read that block. Throws Refusal.
     */
    update(message: SubmittedMessage, options: FilterOptions): void {
        this.#assertRunning();
        const { message: transaction, configuration } = admitUpdate(
            message,
            this.#configuration,
            this.#signer,
            options,
        );
        this.#stopTimer();
        this.#cutPending();
        this.#write([transaction], { isConfiguration: true });
        this.#configuration = configuration;
        log.info(
            `[channel: ${this.channelId}] Received configuration update, sequence ${String(configuration.sequence)}`,
        );
    }

    /** Resolves when few enough blocks wait for the disk that the next message may be read. */
    async hasRoom(): Promise<void> {
        while (this.#blocksInFlight > maxBlocksInFlight) {
            await this.#writing;
        }
    }

    /** Writes what is pending and in flight, so that an orderly stop loses nothing that was answered with SUCCESS. */
    async close(): Promise<void> {
        this.#closed = true;
        this.#stopTimer();
        this.#cutPending();
        await this.#writing;
        this.#dismissReaders();
        await this.#store.close();
    }

    #assertRunning(): void {
        if (this.#closed || this.#failure !== undefined) {
            throw new Refusal(Status.SERVICE_UNAVAILABLE, 'chain is stopped');
        }
    }

    #cutPending(): void {
        this.#timer = undefined;
        const batch = this.#cutter.cut();
        if (batch.length > 0) {
            this.#write(batch);
        }
    }

    #stopTimer(): void {
        clearTimeout(this.#timer);
        this.#timer = undefined;
    }

    #write(batch: readonly OrderedMessage[], { isConfiguration } = { isConfiguration: false }): void {
        this.#blocksInFlight += 1;
        this.#writing = this.#writing.then(async () => {
            try {
                await this.#append(
                    batch.map((message) => message.envelopeBytes),
                    isConfiguration,
                );
            } catch (error) {
                this.#stopOn(error);
            }
            this.#blocksInFlight -= 1;
        });
    }

    async #append(envelopes: readonly Buffer[], isConfiguration: boolean): Promise<void> {
        if (this.#failure !== undefined) {
            return;
        }
        const nextNumber = this.#store.height;
        const lastConfig = isConfiguration ? nextNumber : this.#lastConfig;
        const end = { nextNumber, previousHash: this.#store.info().currentBlockHash, lastConfig };
        const block = signedBlock(envelopes, end, this.#signer);
        await this.#store.append(block, encode(common.Block, block));
        this.#lastConfig = lastConfig;
        transactions.add({ channel: this.channelId }, envelopes.length);
        this.#publishHeight();
        this.#watch.advance(this.#store.height);
        log.info(`[channel: ${this.channelId}] Writing block [${String(nextNumber)}] to ledger`, {
            transactions: envelopes.length,
        });
    }

    /** A block that cannot be written must not be followed by another: the chain takes no more. */
    #stopOn(error: unknown): void {
        this.#failure = error instanceof Error ? error : new Error(String(error));
        this.#dismissReaders();
        log.error(
            `[channel: ${this.channelId}] cannot write a block, the chain stops until the orderer is started again: ${this.#failure.message}.${diskAdvice(error)}`,
        );
    }

    /**
     * Whoever waits for the next block would wait for ever: the channel may be joined again as another chain. They are told what
     * Fabric's orderer tells them when its consenter halts (common/deliver/deliver.go, `erroredChan`).
     */
    #dismissReaders(): void {
        this.#watch.close(new SeekRefused(Status.SERVICE_UNAVAILABLE, 'chain is stopped'));
    }

    #publishHeight(): void {
        const labels = { channel: this.channelId };
        height.set(labels, this.#store.height);
        committed.set(labels, this.#store.height - 1);
    }
}
