// SPDX-License-Identifier: Apache-2.0
import type { rwset } from '../wire/protobuf.js';
import { implicitCollection } from './collections.js';
import type { ParsedTransaction } from './parsedTransaction.js';
import type { PrivateDataOfBlock } from './privateDataStore.js';
import type { NamespaceReadWriteSet } from './readWriteSet.js';
import type { TransientStore } from './transientStore.js';

/**
 * Finds the clear text that belongs to a block's hashed writes into the implicit collection of `mspId`, for valid and
 * invalid transactions alike. What the peer does not have is missing and changes nothing else.
 */
export function ownPrivateData(
    transactions: readonly ParsedTransaction[],
    transient: TransientStore,
    mspId: string,
): PrivateDataOfBlock {
    const found = new Map<number, rwset.TxPvtReadWriteSet.$Properties>();
    for (const [txNum, transaction] of transactions.entries()) {
        const nsPvtRwset = transient.has(transaction.txId)
            ? readWriteSetOf(transaction).flatMap((set) => clearTextOf(set, transaction.txId, transient, mspId))
            : [];
        if (nsPvtRwset.length > 0) {
            found.set(txNum, { nsPvtRwset });
        }
    }
    return found;
}

function clearTextOf(
    { namespace, collections }: NamespaceReadWriteSet,
    txId: string,
    transient: TransientStore,
    mspId: string,
): rwset.NsPvtReadWriteSet.$Properties[] {
    const collectionName = implicitCollection(mspId);
    const hash = collections.find(({ name }) => name === collectionName)?.privateSetHash;
    const clear = hash?.length ? transient.find(txId, namespace, collectionName, hash) : undefined;
    return clear === undefined ? [] : [{ namespace, collectionPvtRwset: [{ collectionName, rwset: clear }] }];
}

/** An invalid transaction may have a write set that does not parse. */
function readWriteSetOf(transaction: ParsedTransaction): readonly NamespaceReadWriteSet[] {
    try {
        return transaction.readWriteSet;
    } catch {
        return [];
    }
}
