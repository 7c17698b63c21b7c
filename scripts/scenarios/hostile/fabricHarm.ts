// SPDX-License-Identifier: Apache-2.0
import { parseTransaction } from '@power-currency/engine/ledger/validation/parsedTransaction.js';

/**
 * What a transaction that an orderer takes does to a peer of Fabric 3.1.5, beyond being invalid:
 * - `stalls`: transactions behind it in its block are never validated (core/common/validation/statebased, PreValidate
 *   skips it without telling those that wait);
 * - `stops`: the peer panics, for want of an action (protoutil) or of a collection that a valid transaction writes
 *   (gossip/state, deliverPayloads).
 * The embedded engine marks all of them and goes on.
 */
type Harm = 'none' | 'stalls' | 'stops';

export function harmOf(envelope: Buffer, definedCollection: { chaincode: string; collection: string }): Harm {
    const transaction = parseTransaction(envelope);
    const succeeds = (attempt: () => unknown): boolean => {
        try {
            return attempt() !== false;
        } catch {
            return false;
        }
    };
    if (!succeeds(() => transaction.payload)) return 'none';
    if (!succeeds(() => transaction.transaction.actions.length > 0 && transaction.actionPayload)) return 'stalls';
    if (!transaction.actionPayload.action) return 'stops';
    if (!succeeds(() => transaction.chaincodeAction)) return 'stalls';
    const writesOther = (): boolean =>
        transaction.readWriteSet.some(({ namespace, collections }) =>
            collections.some(
                ({ name }) => name !== definedCollection.collection || namespace !== definedCollection.chaincode,
            ),
        );
    return succeeds(writesOther) ? 'stops' : 'none';
}
