// SPDX-License-Identifier: Apache-2.0
import {
    type AssetCode,
    issueSupply,
    type Money,
    noSupply,
    redeemSupply,
    type Supply,
    type SupplyCause,
    type SupplyChange,
} from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { refTo } from './stateTable.js';
import { supplyRef, tables } from './tables.js';
import { timeKey } from './timeKey.js';

/** The running totals of an asset, which must have been loaded: zero until the first issuance. */
export function supplyOf(session: LedgerSession, asset: AssetCode): Supply {
    return session.get(supplyRef(asset)) ?? noSupply;
}

/** Counts units as issued and writes down why. {@link supplyRef} must have been loaded. */
export function issue(context: LedgerContext, asset: AssetCode, amount: Money, cause: SupplyCause): Supply {
    return change(context, asset, issueSupply(supplyOf(context.session, asset), amount), {
        ...{ direction: 'issued', amount, cause },
    });
}

/** Counts units as redeemed and writes down why. {@link supplyRef} must have been loaded. */
export function redeem(context: LedgerContext, asset: AssetCode, amount: Money, cause: SupplyCause): Supply {
    return change(context, asset, redeemSupply(supplyOf(context.session, asset), amount), {
        ...{ direction: 'redeemed', amount, cause },
    });
}

/** Writes the totals, and the change that led to them under a key of its own. */
function change(
    context: LedgerContext,
    asset: AssetCode,
    totals: Supply,
    facts: Omit<SupplyChange, 'at' | 'transactionId'>,
): Supply {
    const { session, now } = context;
    const transactionId = context.stub.getTxID();
    session.put(supplyRef(asset), totals);
    session.insertBlind(refTo(tables.supplyChange, asset, timeKey(now), transactionId), {
        ...facts,
        at: now,
        transactionId,
    });
    return totals;
}
