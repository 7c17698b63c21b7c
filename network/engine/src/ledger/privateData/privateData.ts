// SPDX-License-Identifier: Apache-2.0
import { TxValidationCode, BlockMetadataIndex } from '../../wire/codes.js';
import { blockMetadata } from '../blocks/blockEncoding.js';
import { privateDataOfBlock, readWriteSetOf, type BlockLookup, type WantedWrite } from './blockPrivateData.js';
import type { BlockStore } from '../blocks/blockStore.js';
import type { ChannelState } from '../state/channelState.js';
import { blockToLive, collectionOf, type Collection } from './collections.js';
import type { LevelOperation } from '../state/level.js';
import { addOldWrite, verifiedWrite } from './oldPrivateData.js';
import { parseBlock } from '../validation/parsedTransaction.js';
import type { ClearWrite, CollectionWrite, ExpiryOf } from './privateDataStore.js';
import type { CollectionReadWriteSet } from '../simulation/readWriteSet.js';
import type { StateReader } from '../state/stateReader.js';
import { UpdateBatch } from '../state/updateBatch.js';

/** Runs writers of the state one after the other. */
type InTurn = <T>(write: () => Promise<T>) => Promise<T>;

/** A channel's private data in clear text: what this peer has, what it lacks, and taking the latter from others. */
export class PrivateData {
    readonly #blocks: BlockStore;
    readonly #state: ChannelState;
    readonly #inTurn: InTurn;

    constructor(blocks: BlockStore, state: ChannelState, inTurn: InTurn) {
        this.#blocks = blocks;
        this.#state = state;
        this.#inTurn = inTurn;
    }

    /** What this peer has of a committed block, in order of its transactions. */
    ofBlock(number: number): Promise<readonly ClearWrite[]> {
        return this.#state.privateData.get(number);
    }

    /** One committed write; undefined when this peer does not have it. */
    find(write: CollectionWrite): Buffer | undefined {
        return this.#state.privateData.find(write);
    }

    /**
     * Up to `count` writes that this peer lacks, of collections of which it `mayHave` the clear text; newest first,
     * beginning behind `last`.
     */
    async missing(
        count: number,
        mayHave: (collection: Collection) => boolean,
        last?: CollectionWrite,
    ): Promise<WantedWrite[]> {
        const reader = this.#state.newReader();
        try {
            const isWanted = ({ version, namespace, collection }: CollectionWrite): boolean => {
                const found = collectionOf(reader, namespace, collection);
                // A write of the block that is being committed is not missing yet.
                return version.blockNum < this.#state.height && found !== undefined && mayHave(found);
            };
            const writes = await this.#state.privateData.missing(count, isWanted, last);
            return writes.flatMap((write) => {
                const { txId, collection } = this.#committed(write);
                return collection === undefined ? [] : [{ ...write, txId, hash: collection.privateSetHash }];
            });
        } finally {
            reader.release();
        }
    }

    /** Takes what is missing from an offer, as far as it has the hashes of its block. Returns the number of writes. */
    addOld(offered: readonly ClearWrite[]): Promise<number> {
        return this.#inTurn(async () => {
            const reader = this.#state.newReader();
            const updates = new UpdateBatch();
            const rows: LevelOperation[] = [];
            const added = new Set<string>();
            try {
                for (const write of offered.filter((one) => this.#state.privateData.isMissing(one))) {
                    const { collection, code } = this.#committed(write);
                    const purgedAt = (keyHash: string): ReturnType<ChannelState['privateData']['purgedAt']> =>
                        this.#state.privateData.purgedAt({ ...write, keyHash });
                    const verified = collection && verifiedWrite(write, collection, purgedAt);
                    if (verified === undefined) continue;
                    rows.push(...this.#state.privateData.rowsOf(verified, expiryOf(reader)));
                    if (code === TxValidationCode.VALID) addOldWrite(verified, updates, reader);
                    added.add(JSON.stringify([write.version, write.namespace, write.collection]));
                }
                if (rows.length > 0) await this.#state.applyOld(updates, rows);
            } finally {
                reader.release();
            }
            return added.size;
        });
    }

    /**
     * Finds the data of a block about to be committed and makes it durable, with the notes on what is missing. Of a block
     * that `wasCommitted` before a reset all of this is there, less what has expired or was purged since.
     */
    async prepare({
        wasCommitted,
        ...lookup
    }: Omit<BlockLookup, 'transient' | 'stored'> & { readonly wasCommitted: boolean }): Promise<{
        present: readonly ClearWrite[];
        stored: boolean;
    }> {
        const { transient, privateData } = this.#state;
        if (wasCommitted) return { present: await privateData.get(lookup.blockNum), stored: false };
        const { present, missing } = await privateDataOfBlock({
            ...lookup,
            transient,
            stored: () => privateData.get(lookup.blockNum),
        });
        const stored = present.length + missing.length > 0;
        if (stored) await privateData.put(present, missing, expiryOf(lookup.reader));
        return { present, stored };
    }

    #committed({ version, namespace, collection }: CollectionWrite): {
        readonly txId: string;
        readonly collection: CollectionReadWriteSet | undefined;
        readonly code: number | undefined;
    } {
        const block = this.#blocks.block(version.blockNum);
        const transaction = parseBlock(block)[version.txNum];
        const sets = transaction === undefined ? [] : readWriteSetOf(transaction);
        const set = sets.find((one) => one.namespace === namespace);
        return {
            txId: transaction?.txId ?? '',
            collection: set?.collections.find(({ name }) => name === collection),
            code: blockMetadata(block, BlockMetadataIndex.TRANSACTIONS_FILTER)[version.txNum],
        };
    }
}

/** When the data of a collection expires: at block b + t + 1 with block-to-live t. */
function expiryOf(reader: StateReader): ExpiryOf {
    return ({ version, namespace, collection }) => {
        const lifetime = blockToLive(reader, namespace, collection);
        return lifetime === 0 ? undefined : version.blockNum + lifetime + 1;
    };
}
