// SPDX-License-Identifier: Apache-2.0
import type { LedgerContext } from './ledgerContext.js';
import { decodeRecord, type StateRef } from './stateTable.js';

/**
 * A public record as this peer has it, without a trace: an ordinary read would put the key, and with it the wallet's
 * name, into the block. The history of a key is in no read set (core/ledger/kvledger/history), so whoever peeks must
 * read {@link walletChangesRef} too, which makes the transaction invalid if a wallet changed before its commit.
 */
export async function peek<V>({ stub }: LedgerContext, ref: StateRef<V>): Promise<V | undefined> {
    for await (const { value, isDelete } of stub.getHistoryForKey(ref.key)) {
        return isDelete ? undefined : decodeRecord<V>(ref.table, value);
    }
    return undefined;
}
