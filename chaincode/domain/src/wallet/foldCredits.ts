// SPDX-License-Identifier: Apache-2.0
import type { CreditId, WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { addMoney, type Money } from '../money/money.js';
import type { PendingCredit } from './walletRecords.js';

/** A pending credit named by a command, with what the ledger holds under that name. */
export interface NamedCredit {
    readonly creditId: CreditId;
    readonly credit: PendingCredit | undefined;
}

/**
 * Sum of the named credits. They are always named one by one: a range would make every payment that arrives
 * meanwhile invalidate the transaction.
 */
export function foldCredits(walletId: WalletId, named: readonly NamedCredit[]): Money {
    const repeated = named.find(
        ({ creditId }, index) => named.findIndex((other) => other.creditId === creditId) < index,
    );
    if (repeated !== undefined) refuse('PENDING_CREDIT_REPEATED', { creditId: repeated.creditId });
    return addMoney(
        ...named.map(
            ({ creditId, credit }) => credit?.amount ?? refuse('PENDING_CREDIT_NOT_FOUND', { walletId, creditId }),
        ),
    );
}
