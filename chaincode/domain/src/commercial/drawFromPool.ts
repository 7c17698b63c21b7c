// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { Money } from '../money/money.js';
import type { PoolShare, PoolShareId } from './poolShare.js';
import { takeWhole } from './takeWhole.js';

/** Shares of the pool that a withdrawal draws on, with what the ledger holds of them. */
export interface PoolDrawing {
    readonly amount: Money;
    readonly shares: readonly { readonly id: PoolShareId; readonly record: PoolShare | undefined }[];
}

/** What goes back into the pool: the shares named less the amount. */
export function drawFromPool({ amount, shares }: PoolDrawing): Money {
    return takeWhole(amount, shares, {
        repeated: (shareId) => refuse('POOL_SHARE_REPEATED', { shareId }),
        notFound: (shareId) => refuse('POOL_SHARE_NOT_FOUND', { shareId }),
        insufficient: (available) =>
            refuse('POOL_SHARES_INSUFFICIENT', { available: available.toString(), amount: amount.toString() }),
    });
}
