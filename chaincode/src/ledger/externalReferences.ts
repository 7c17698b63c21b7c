// SPDX-License-Identifier: Apache-2.0
import {
    checkUnused,
    type ExternalReference,
    holderOf,
    type ReferenceUse,
    type WalletId,
} from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

/** What a dealer used a reference for: references are unique per holder, whichever wallet it uses. */
export function referenceRef(dealer: WalletId, reference: ExternalReference): StateRef<ReferenceUse> {
    return refTo(tables.externalReference, holderOf(dealer), reference);
}

/** Uses up a reference of the dealer's. {@link referenceRef} must have been loaded. */
export function burnReference(
    { session }: LedgerContext,
    dealer: WalletId,
    reference: ExternalReference,
    use: ReferenceUse,
): void {
    const ref = referenceRef(dealer, reference);
    checkUnused(holderOf(dealer), reference, session.get(ref));
    session.put(ref, use);
}
