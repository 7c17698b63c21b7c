// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { AssetCode } from '../money/asset.js';
import type { Money } from '../money/money.js';
import type { Parcel, ParcelId } from './parcel.js';
import { takeWhole } from './takeWhole.js';

/** Parcels of a wallet about to be spent, with what its collection holds of them. */
export interface ParcelSpending {
    readonly walletId: WalletId;
    readonly asset: AssetCode;
    readonly amount: Money;
    readonly parcels: readonly { readonly id: ParcelId; readonly record: Parcel | undefined }[];
}

/** What comes back to the wallet: the parcels named, which are spent whole, less the amount. */
export function spendParcels({ walletId, asset, amount, parcels }: ParcelSpending): Money {
    return takeWhole(amount, parcels, {
        repeated: (parcelId) => refuse('PARCEL_REPEATED', { parcelId }),
        notFound: (parcelId) => refuse('PARCEL_NOT_FOUND', { parcelId }),
        insufficient: (available) =>
            refuse('INSUFFICIENT_FUNDS', {
                walletId,
                asset,
                available: available.toString(),
                amount: amount.toString(),
            }),
    });
}
