// SPDX-License-Identifier: Apache-2.0
import { logger } from '../process/logging.js';
import type { Signer } from '../wire/envelope.js';
import type { common } from '../wire/protobuf.js';
import { blockDivergence } from './blockDivergence.js';
import { BlockPuller, type OrdererEndpoint } from './blockPuller.js';

/** The part of a ledger that is compared. */
interface ComparedLedger {
    readonly height: number;
    block(number: number): common.Block;
    waitForBlock(number: number, signal?: AbortSignal): Promise<void>;
}

interface WitnessOptions {
    readonly channelId: string;
    readonly signer: Signer;
    readonly ledger: ComparedLedger;
    /** The other peer; asked before each connection. */
    endpoint(): OrdererEndpoint;
    readonly tlsCertHash?: Buffer;
    /** Called once, when the two ledgers differ. */
    onDivergence(error: LedgerDivergenceError): void;
}

/** Two peers of a channel whose ledgers differ: one of them is wrong, and neither knows which. */
class LedgerDivergenceError extends Error {
    override readonly name = 'LedgerDivergenceError';
}

const log = logger('witness');

/**
 * Follows another peer of the channel and compares every block with the own one. Begins at the newest block, whose commit
 * hash covers all before it; if that differs already, begins again at block 1 to name the first that does.
 */
export class Witness {
    readonly #options: WitnessOptions;
    readonly #stopped = new AbortController();
    readonly #puller: BlockPuller;
    #next: number;
    #searchesFirst: boolean;
    #isOver = false;

    constructor(options: WitnessOptions) {
        this.#options = options;
        this.#next = Math.max(options.ledger.height - 1, 1);
        this.#searchesFirst = this.#next > 1;
        const { channelId, signer, tlsCertHash } = options;
        this.#puller = new BlockPuller({
            channelId,
            signer,
            source: 'peer',
            ...(tlsCertHash !== undefined && { tlsCertHash }),
            endpoints: () => [options.endpoint()],
            nextNumber: () => this.#next,
            onBlock: (block) => this.#compare(block),
        });
    }

    start(): void {
        this.#puller.start();
    }

    async stop(): Promise<void> {
        this.#stopped.abort();
        await this.#puller.stop();
    }

    async #compare(theirs: common.Block): Promise<void> {
        if (this.#isOver) return;
        const { ledger, channelId } = this.#options;
        const number = theirs.header?.number ?? 0;
        if (number !== this.#next)
            throw new Error(`the witness sent block ${String(number)}, not ${String(this.#next)}`);
        await ledger.waitForBlock(number, this.#stopped.signal);
        if (this.#stopped.signal.aborted) return;
        const difference = blockDivergence(ledger.block(number), theirs, this.#options.endpoint().address);
        if (difference === undefined) {
            this.#next += 1;
            this.#searchesFirst = false;
            return;
        }
        if (this.#searchesFirst) {
            this.#next = 1;
            this.#searchesFirst = false;
            throw new Error(`block ${String(number)} differs: looking for the first that does`);
        }
        this.#isOver = true;
        const alarm = `CRITICAL: the ledger of channel ${channelId} differs from a witness: ${difference}`;
        log.panic(alarm);
        this.#options.onDivergence(new LedgerDivergenceError(alarm));
    }
}
