// SPDX-License-Identifier: Apache-2.0
import { asBuffer } from '../../wire/decode.js';
import { TxValidationCode } from '../../wire/codes.js';
import { sameVersion, versionOfRead } from '../state/height.js';
import { applyWrites } from '../simulation/keyOperations.js';
import { isRangeUnchanged } from './rangeValidation.js';
import type { CollectionReadWriteSet, NamespaceReadWriteSet } from '../simulation/readWriteSet.js';
import type { StateReader } from '../state/stateReader.js';
import { hashedKey, hashedSpace } from '../state/stateSpace.js';
import { UpdateBatch } from '../state/updateBatch.js';

/** What state validation needs of a transaction; ParsedTransaction has this shape. */
export interface StateTransaction {
    readonly isEndorserTransaction: boolean;
    readonly isConfiguration: boolean;
    /** Read only for transactions that are still valid. */
    readonly readWriteSet: readonly NamespaceReadWriteSet[];
    /** Its `data` is the value of the channel's configuration key; read only for configuration transactions. */
    readonly payload: { readonly data: Uint8Array };
}

interface StateValidation {
    readonly blockNum: number;
    readonly transactions: readonly StateTransaction[];
    /** One code per transaction; only those that are VALID are looked at. */
    readonly codes: Uint8Array;
    /** Committed state before the block. */
    readonly reader: StateReader;
    /** The codes are final already, as in a replay: reads are not checked again. */
    readonly trusted?: boolean;
    /** Called between transactions, so that a long block does not hold up the process. */
    readonly pause?: () => Promise<void>;
}

interface PreparedBlock {
    /** Final codes: MVCC_READ_CONFLICT and PHANTOM_READ_CONFLICT are added to those given. */
    readonly codes: Uint8Array;
    readonly updates: UpdateBatch;
}

/** Namespace and key under which a channel's configuration is kept in state. */
export const configurationKey = { namespace: '', key: 'CHANNEL_CONFIG_ENV_BYTES' } as const;

/**
 * State validation of a block: in block order, a transaction stays valid when everything it read still has the version
 * it read, counting the writes of the valid transactions before it (core/ledger/kvledger/txmgmt/validation).
 */
export async function validateAndPrepare(block: StateValidation): Promise<PreparedBlock> {
    const codes = Uint8Array.from(block.codes);
    const updates = new UpdateBatch();
    for (const [index, transaction] of block.transactions.entries()) {
        if (codes[index] !== TxValidationCode.VALID) {
            continue;
        }
        const version = { blockNum: block.blockNum, txNum: index };
        if (transaction.isConfiguration) {
            const { namespace, key } = configurationKey;
            updates.putPublic(namespace, key, { value: asBuffer(transaction.payload.data), version });
        } else if (transaction.isEndorserTransaction) {
            const { readWriteSet } = transaction;
            const code = block.trusted ? TxValidationCode.VALID : await checkReads(readWriteSet, updates, block.reader);
            codes[index] = code;
            if (code === TxValidationCode.VALID) {
                applyWrites(readWriteSet, version, updates, block.reader);
            }
        }
        await block.pause?.();
    }
    return { codes, updates };
}

async function checkReads(
    readWriteSet: readonly NamespaceReadWriteSet[],
    updates: UpdateBatch,
    reader: StateReader,
): Promise<TxValidationCode> {
    for (const { namespace, kv, collections } of readWriteSet) {
        for (const read of kv.reads) {
            const key = read.key ?? '';
            if (
                updates.get(namespace, key) !== undefined ||
                !sameVersion(reader.get(namespace, key)?.version, versionOfRead(read.version))
            ) {
                return TxValidationCode.MVCC_READ_CONFLICT;
            }
        }
        for (const query of kv.rangeQueriesInfo) {
            if (!(await isRangeUnchanged(namespace, query, updates, reader))) {
                return TxValidationCode.PHANTOM_READ_CONFLICT;
            }
        }
        if (!collections.every((collection) => areHashedReadsCurrent(namespace, collection, updates, reader))) {
            return TxValidationCode.MVCC_READ_CONFLICT;
        }
    }
    return TxValidationCode.VALID;
}

function areHashedReadsCurrent(
    namespace: string,
    { name, hashed }: CollectionReadWriteSet,
    updates: UpdateBatch,
    reader: StateReader,
): boolean {
    const space = hashedSpace(namespace, name);
    return hashed.hashedReads.every((read) => {
        const keyHash = asBuffer(read.keyHash);
        return (
            updates.get(space, hashedKey(keyHash)) === undefined &&
            sameVersion(reader.getHashed(namespace, name, keyHash)?.version, versionOfRead(read.version))
        );
    });
}
