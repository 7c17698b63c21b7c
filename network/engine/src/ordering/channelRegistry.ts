// SPDX-License-Identifier: Apache-2.0
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { reached } from '../process/faults/faultPoints.js';
import { logger } from '../process/logging.js';
import { decode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { common } from '../wire/protobuf.js';
import { assertSoleConsenter, validateJoinBlock } from './joinBlock.js';
import { OrderedChannel } from './orderedChannel.js';

export interface ChannelRegistryOptions {
    /** FileLedger.Location */
    readonly directory: string;
    readonly signer: Signer;
    /** PEM of this node's TLS certificate, by which a channel's configuration names its consenters. */
    readonly tlsCertificate: Buffer | undefined;
}

/** Why a join or removal failed; `kind` gives the HTTP status. */
export class ChannelRegistryError extends Error {
    override readonly name = 'ChannelRegistryError';
    readonly kind: 'exists' | 'missing' | 'busy';

    constructor(kind: ChannelRegistryError['kind'], message: string) {
        super(message);
        this.kind = kind;
    }
}

// Fabric's own spelling.
const log = logger('orderer.commmon.multichannel');

/** The channels this orderer takes part in, each in a folder of its own. */
export class ChannelRegistry {
    readonly #options: ChannelRegistryOptions;
    readonly #channels = new Map<string, OrderedChannel>();
    /** Channels that are being joined or removed. */
    readonly #changing = new Set<string>();

    private constructor(options: ChannelRegistryOptions) {
        this.#options = options;
    }

    /** Opens every channel that was joined before, and erases what an interrupted join or removal left. */
    static async open(options: ChannelRegistryOptions): Promise<ChannelRegistry> {
        const registry = new ChannelRegistry(options);
        await rm(registry.#removedFolder(), { recursive: true, force: true });
        await mkdir(registry.#chainsFolder(), { recursive: true });
        for (const channelId of await readdir(registry.#chainsFolder())) {
            const channel = await OrderedChannel.open(registry.#folderOf(channelId), options.signer);
            if (channel === undefined) {
                await rm(registry.#folderOf(channelId), { recursive: true, force: true });
            } else {
                registry.#channels.set(channelId, channel);
                log.info(`Found channel ${channelId}`, { height: channel.height() });
            }
        }
        return registry;
    }

    get(channelId: string): OrderedChannel | undefined {
        return this.#channels.get(channelId);
    }

    /** In the order of their names. */
    list(): readonly OrderedChannel[] {
        return [...this.#channels.values()].sort((a, b) => (a.channelId < b.channelId ? -1 : 1));
    }

    /** Starts ordering a channel. Throws JoinBlockError, MalformedMessageError or ChannelRegistryError. */
    async join(blockBytes: Buffer): Promise<OrderedChannel> {
        const block = decode(common.Block, blockBytes, 'Block');
        const configuration = validateJoinBlock(block);
        const { channelId } = configuration;
        this.#assertFree(channelId, 'cannot join');
        if (this.#channels.has(channelId)) {
            throw new ChannelRegistryError('exists', 'cannot join: channel already exists');
        }
        assertSoleConsenter(block, configuration, this.#options.tlsCertificate);
        return this.#whileChanging(channelId, async () => {
            const genesis = { block, bytes: blockBytes };
            const channel = await OrderedChannel.create(this.#folderOf(channelId), genesis, this.#options.signer);
            reached('orderer.channelJoined');
            this.#channels.set(channelId, channel);
            log.info(`Joining channel: ${channelId}, height: 1`);
            return channel;
        });
    }

    /** Stops ordering a channel and erases its blocks: a channel that is joined again starts at its genesis block. */
    async remove(channelId: string): Promise<void> {
        this.#assertFree(channelId, 'cannot remove');
        const channel = this.#channels.get(channelId);
        if (channel === undefined) {
            throw new ChannelRegistryError('missing', 'cannot remove: channel does not exist');
        }
        await this.#whileChanging(channelId, async () => {
            this.#channels.delete(channelId);
            await channel.close();
            // The rename is the moment of removal; a crash while erasing leaves nothing that would be opened again.
            await mkdir(this.#removedFolder(), { recursive: true });
            const removed = join(this.#removedFolder(), `${channelId}-${String(Date.now())}`);
            await rename(this.#folderOf(channelId), removed);
            reached('orderer.channelMoved');
            await rm(removed, { recursive: true, force: true });
            reached('orderer.channelErased');
            log.info(`Removed channel: ${channelId}`);
        });
    }

    async close(): Promise<void> {
        await Promise.all([...this.#channels.values()].map((channel) => channel.close()));
        this.#channels.clear();
    }

    #assertFree(channelId: string, what: string): void {
        if (this.#changing.has(channelId)) {
            throw new ChannelRegistryError('busy', `${what}: channel pending removal`);
        }
    }

    async #whileChanging<T>(channelId: string, change: () => Promise<T>): Promise<T> {
        this.#changing.add(channelId);
        try {
            return await change();
        } finally {
            this.#changing.delete(channelId);
        }
    }

    #chainsFolder(): string {
        return join(this.#options.directory, 'chains');
    }

    #removedFolder(): string {
        return join(this.#options.directory, 'removed');
    }

    #folderOf(channelId: string): string {
        return join(this.#chainsFolder(), channelId);
    }
}
