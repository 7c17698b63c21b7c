// SPDX-License-Identifier: Apache-2.0
import type { PrivateDataSource, WantedWrite } from '../ledger/privateData/blockPrivateData.js';
import type { PeerChannel } from '../lifecycle/peerChannels.js';
import { logger } from '../process/logging.js';
import { errorText } from '../wire/errorText.js';

interface ReconcilerOptions {
    /** peer.gossip.pvtData.reconcileSleepInterval */
    readonly intervalMs: number;
    /** peer.gossip.pvtData.reconcileBatchSize */
    readonly batchSize: number;
}

const log = logger('gossip.privdata');

/** Fetches what a channel's committed blocks lacked, in the background and again and again (gossip/privdata/reconcile.go). */
export class Reconciler {
    readonly #channel: PeerChannel;
    readonly #source: PrivateDataSource;
    readonly #options: ReconcilerOptions;
    #timer: NodeJS.Timeout | undefined;
    #running: Promise<void> = Promise.resolve();
    #stopped = false;

    constructor(channel: PeerChannel, source: PrivateDataSource, options: ReconcilerOptions) {
        this.#channel = channel;
        this.#source = source;
        this.#options = options;
    }

    start(): void {
        this.#schedule();
    }

    /** Waits for a running pass. */
    async stop(): Promise<void> {
        this.#stopped = true;
        clearTimeout(this.#timer);
        await this.#running;
    }

    /** One pass over everything that is missing, newest first. Returns the number of write sets that came. */
    async reconcile(): Promise<number> {
        const { privateData } = this.#channel.ledger;
        let added = 0;
        let last: WantedWrite | undefined;
        do {
            const isEligible: PrivateDataSource['isEligible'] = (collection) => this.#source.isEligible(collection);
            const missing = await privateData.missing(this.#options.batchSize, isEligible, last);
            if (missing.length === 0) break;
            added += await privateData.addOld(await this.#source.fetch(missing));
            last = missing.at(-1);
        } while (!this.#stopped);
        return added;
    }

    #schedule(): void {
        this.#timer = setTimeout(() => {
            this.#running = this.#pass();
        }, this.#options.intervalMs);
        this.#timer.unref();
    }

    async #pass(): Promise<void> {
        const { channelId } = this.#channel.ledger;
        try {
            const added = await this.reconcile();
            if (added > 0) log.info(`[${channelId}] Reconciled ${String(added)} private write set(s)`);
        } catch (error) {
            log.warning(`[${channelId}] reconciliation of private data failed: ${errorText(error)}`);
        }
        if (!this.#stopped) this.#schedule();
    }
}
