// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import { type Asset, checkActive } from '../money/asset.js';
import { addMoney, type Money, subtractMoney, zeroMoney } from '../money/money.js';
import type { Quantity } from '../money/quantity.js';
import { foldCredits, type NamedCredit } from './foldCredits.js';
import type { Intent } from './intent.js';
import { checkNonce } from './nonce.js';
import type { Pocket } from './walletRecords.js';

/** Money about to leave a wallet's pocket, on an intent that was authorised, with what the ledger holds of it. */
export interface SpendCase {
    readonly intent: Intent;
    readonly asset: Asset;
    readonly amount: Money;
    /** Undefined before the wallet first had this asset. */
    readonly pocket: Pocket | undefined;
    readonly folds: readonly NamedCredit[];
}

export interface SpendDecision {
    readonly pocket: Pocket;
    readonly folded: Money;
}

/** A pocket that never held anything. */
export const emptyPocket: Pocket = { balance: zeroMoney, nonce: 0n as Quantity<'count'> };

/** Takes the amount from the pocket, after taking in the credits named; guards in the documented order. */
export function spend({ intent, asset, amount, pocket = emptyPocket, folds }: SpendCase): SpendDecision {
    checkActive(asset);
    checkNonce(intent, pocket.nonce);
    const folded = foldCredits(intent.wallet, folds);
    const available = addMoney(pocket.balance, folded);
    const balance =
        subtractMoney(available, amount) ??
        refuse('INSUFFICIENT_FUNDS', {
            walletId: intent.wallet,
            asset: asset.code,
            available: available.toString(),
            amount: amount.toString(),
        });
    return { pocket: { balance, nonce: intent.nonce }, folded };
}
