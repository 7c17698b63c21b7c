// SPDX-License-Identifier: Apache-2.0
import { type AssetCode, type RequestId, type WalletId } from '@power-currency/domain';
import { type Ledger } from '../ledger.js';

/** Most pending credits one fold takes in. */
const foldCountMax = 1000;

interface Sweep {
    readonly walletId: WalletId;
    readonly asset: AssetCode;
    /** A request id that was never used. */
    readonly newRequestId: () => RequestId;
    /** Told after every fold. */
    readonly onFold: (swept: Swept) => void;
}

/** What a sweep took in so far, in minor units. */
export interface Swept {
    readonly creditCount: number;
    readonly amount: bigint;
    readonly transactions: number;
}

/**
 * Folds the credits that wait for a wallet, a thousand at a time, until none are left. Its custodian does this, so that
 * a wallet with many payers can spend what it was paid; what arrives meanwhile is taken in as well.
 */
export async function sweep(ledger: Ledger, { walletId, asset, newRequestId, onFold }: Sweep): Promise<Swept> {
    let swept: Swept = { creditCount: 0, amount: 0n, transactions: 0 };
    for (;;) {
        const { rows } = await ledger.wallet.listPending({ walletId, asset, pageSize: foldCountMax, bookmark: '' });
        if (rows.length === 0) return swept;
        const creditIds = rows.map(({ creditId }) => creditId);
        const { result } = await ledger.wallet.fold({ requestId: newRequestId(), walletId, asset, creditIds });
        swept = {
            creditCount: swept.creditCount + rows.length,
            amount: swept.amount + result.folded,
            transactions: swept.transactions + 1,
        };
        onFold(swept);
    }
}
