// SPDX-License-Identifier: Apache-2.0
import type { LedgerSession } from './ledgerSession.js';
import { refTo } from './stateTable.js';
import { tables } from './tables.js';

/** Read by transactions that look at commercial wallets without a trace, to be invalid once one of those changed. */
export const walletChangesRef = refTo(tables.walletChanges, 'commercial');

/** Says that a commercial wallet changed. Nobody looks at the value, so whoever comes last may write it blindly. */
export function noteWalletChanges(session: LedgerSession, transactionId: string): void {
    const isNoted = session.changesOf(tables.wallet).some(({ before }) => before?.type === 'commercial');
    if (isNoted) session.insertBlind(walletChangesRef, { transactionId });
}
