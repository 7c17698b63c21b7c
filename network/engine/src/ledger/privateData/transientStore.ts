// SPDX-License-Identifier: Apache-2.0
import { reached } from '../../process/faults/faultPoints.js';
import { asBuffer, decode, encode } from '../../wire/decode.js';
import { sha256 } from '../../wire/hashing.js';
import { protos, type rwset } from '../../wire/protobuf.js';
import { writeBatch, type Level } from '../state/level.js';

/** Blocks after which data of transactions that never came back is dropped (peer.gossip.pvtData.transientstoreMaxBlockRetention). */
const retentionBlocks = 20_000;

/** First letter of the rows, which lie in one database with the state. */
export const transientPrefix = 't';

/**
 * Clear text of private writes between endorsement and commit, by transaction id. A transaction that was endorsed twice
 * with different results has an entry for each; the committer picks by hash.
 */
export class TransientStore {
    readonly #level: Level;
    /** Rows of each transaction: few at any time, since only endorsements with private writes are here. */
    readonly #rows = new Map<string, { readonly key: Buffer; readonly endorsedAt: number }[]>();

    private constructor(level: Level) {
        this.#level = level;
    }

    static async open(level: Level): Promise<TransientStore> {
        const store = new TransientStore(level);
        for await (const [key, value] of level.iterator({ gte: Buffer.from(transientPrefix), lt: Buffer.from('u') })) {
            const txId = key.toString('utf8', 1, key.indexOf(0));
            const { endorsedAt } = decode(protos.TxPvtReadWriteSetWithConfigInfo, value, 'transient data');
            store.#remember(txId, { key, endorsedAt });
        }
        return store;
    }

    /** Durable when it resolves. `endorsedAt`: height of the ledger at endorsement. */
    async put(txId: string, pvtRwset: rwset.TxPvtReadWriteSet.$Properties, endorsedAt: number): Promise<void> {
        const value = encode(protos.TxPvtReadWriteSetWithConfigInfo, {
            ...(endorsedAt > 0 && { endorsedAt }),
            pvtRwset,
        });
        const key = Buffer.concat([Buffer.from(`${transientPrefix}${txId}\0`), sha256(value)]);
        await writeBatch(this.#level, [{ type: 'put', key, value }], true);
        reached('ledger.transientWritten');
        this.#remember(txId, { key, endorsedAt });
    }

    has(txId: string): boolean {
        return this.#rows.has(txId);
    }

    /** Clear-text write set of a collection whose SHA-256 is `hash`. */
    find(txId: string, namespace: string, collection: string, hash: Buffer): Buffer | undefined {
        return this.all(txId, namespace, collection).find((rwset) => sha256(rwset).equals(hash));
    }

    /** Every clear-text write set of a collection that the transaction was endorsed with. */
    all(txId: string, namespace: string, collection: string): Buffer[] {
        return (this.#rows.get(txId) ?? []).flatMap(({ key }) => {
            const stored = decode(
                protos.TxPvtReadWriteSetWithConfigInfo,
                asBuffer(this.#level.getSync(key)),
                'transient data',
            );
            return (stored.pvtRwset?.nsPvtRwset ?? [])
                .filter((item) => item.namespace === namespace)
                .flatMap((item) => item.collectionPvtRwset ?? [])
                .filter((item) => item.collectionName === collection)
                .map((item) => asBuffer(item.rwset));
        });
    }

    /** Drops the data of transactions that a block settled, and what is too old to be settled. */
    async purge(txIds: Iterable<string>, height: number): Promise<void> {
        const settled = new Set(txIds);
        const keys: Buffer[] = [];
        for (const [txId, rows] of this.#rows) {
            if (settled.has(txId) || rows.every(({ endorsedAt }) => endorsedAt + retentionBlocks < height)) {
                keys.push(...rows.map(({ key }) => key));
                this.#rows.delete(txId);
            }
        }
        if (keys.length > 0) {
            await writeBatch(
                this.#level,
                keys.map((key) => ({ type: 'del', key })),
            );
        }
    }

    #remember(txId: string, row: { key: Buffer; endorsedAt: number }): void {
        const rows = this.#rows.get(txId) ?? [];
        if (!rows.some(({ key }) => key.equals(row.key))) {
            rows.push(row);
        }
        this.#rows.set(txId, rows);
    }
}
