// SPDX-License-Identifier: Apache-2.0
import { dirname, join } from 'node:path';
import { readConfigBlock } from '../../../channel/configBlock.js';
import { ChannelLedger, type ChannelLedgerOptions } from '../../../ledger/channelLedger.js';
import { openChannelLedgers } from '../../../ledger/channelLedgers.js';
import { lockLedgers } from '../../../ledger/ledgerLock.js';
import { reached } from '../../../process/faults/faultPoints.js';
import type { PeerChannels } from '../../../lifecycle/peerChannels.js';
import type { common } from '../../../wire/protobuf.js';
import { JoinedChannel, type FollowOptions } from './joinedChannel.js';

interface JoinedChannelsOptions {
    /** One directory per channel below it. */
    readonly directory: string;
    readonly ledger: Omit<ChannelLedgerOptions, 'dir' | 'channelId'>;
    readonly follow: FollowOptions;
    /** Called for each channel, those found at start and those joined later. */
    readonly onOpened: (channel: JoinedChannel) => void;
}

/** The channels that the peer has joined; they are found again after a restart. */
export class JoinedChannels implements PeerChannels {
    readonly #options: JoinedChannelsOptions;
    readonly #channels = new Map<string, JoinedChannel>();
    readonly #joining = new Set<string>();
    #unlock: (() => Promise<void>) | undefined;

    constructor(options: JoinedChannelsOptions) {
        this.#options = options;
    }

    get(channelId: string): JoinedChannel | undefined {
        return this.#channels.get(channelId);
    }

    ids(): readonly string[] {
        return [...this.#channels.keys()];
    }

    /** Opens the ledgers of all channels joined before; recovery happens here. Until it is closed they are locked. */
    async open(): Promise<void> {
        const { directory, ledger } = this.#options;
        this.#unlock = await lockLedgers(dirname(directory));
        for (const opened of await openChannelLedgers(directory, ledger)) this.#add(opened);
    }

    /** Throws when the block is not a genesis block or the channel is joined already. */
    async join(genesisBlock: common.Block): Promise<void> {
        const { channelId } = readConfigBlock(genesisBlock);
        if (this.#channels.has(channelId) || this.#joining.has(channelId)) {
            throw new Error(`ledger [${channelId}] already exists with state [ACTIVE]`);
        }
        this.#joining.add(channelId);
        try {
            const { directory, ledger } = this.#options;
            const dir = join(directory, channelId);
            const created = await ChannelLedger.create({ ...ledger, dir, channelId }, genesisBlock);
            reached('peer.channelJoined');
            this.#add(created).follow();
        } finally {
            this.#joining.delete(channelId);
        }
    }

    follow(): void {
        for (const channel of this.#channels.values()) channel.follow();
    }

    async close(): Promise<void> {
        await Promise.all([...this.#channels.values()].map((channel) => channel.close()));
        await this.#unlock?.();
    }

    #add(ledger: ChannelLedger): JoinedChannel {
        const channel = new JoinedChannel(ledger, this.#options.follow);
        this.#channels.set(ledger.channelId, channel);
        this.#options.onOpened(channel);
        return channel;
    }
}
