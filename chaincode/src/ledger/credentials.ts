// SPDX-License-Identifier: Apache-2.0
import { checkCredential, type Credential, type CredentialKind, holderOf, type WalletId } from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

/** The credential of the wallet's holder: what {@link checkCredentialOf} needs loaded. */
export function credentialRef(kind: CredentialKind, walletId: WalletId): StateRef<Credential> {
    return refTo(tables.credential, holderOf(walletId), kind);
}

/** Whether the wallet's holder may act as an entity of this kind now. */
export function checkCredentialOf(context: LedgerContext, kind: CredentialKind, walletId: WalletId): Credential {
    return checkCredential(holderOf(walletId), kind, context.session.get(credentialRef(kind, walletId)), context.now);
}
