// SPDX-License-Identifier: Apache-2.0
import { TxValidationCode } from '../../wire/codes.js';
import { asBuffer } from '../../wire/decode.js';
import type { Version } from '../state/height.js';
import type { StateTransaction } from '../validation/mvcc.js';
import { hashedKey } from '../state/stateSpace.js';

/** A private key whose former values are to be forgotten. */
export interface PurgedKey {
    readonly namespace: string;
    readonly collection: string;
    /** SHA-256 of the key, in hex. */
    readonly keyHash: string;
    /** The last transaction that asked for it. */
    readonly version: Version;
}

/** The purges that the valid transactions of a block ask for (validation/validator.go, pvtdataPurgeTracker). */
export function purgesOf(blockNum: number, transactions: readonly StateTransaction[], codes: Uint8Array): PurgedKey[] {
    const purges = new Map<string, PurgedKey>();
    for (const [txNum, transaction] of transactions.entries()) {
        if (codes[txNum] !== TxValidationCode.VALID || !transaction.isEndorserTransaction) continue;
        for (const { namespace, collections } of transaction.readWriteSet) {
            for (const { name: collection, hashed } of collections) {
                for (const write of hashed.hashedWrites.filter(({ isPurge }) => isPurge === true)) {
                    const keyHash = hashedKey(asBuffer(write.keyHash));
                    const purged = { namespace, collection, keyHash, version: { blockNum, txNum } };
                    purges.set(`${namespace}\0${collection}\0${keyHash}`, purged);
                }
            }
        }
    }
    return [...purges.values()];
}
