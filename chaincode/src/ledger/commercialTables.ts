// SPDX-License-Identifier: Apache-2.0
import {
    type AssetCode,
    commercialCollection,
    parcel,
    type Parcel,
    type ParcelId,
    type PoolShare,
    type PoolShareId,
    type WalletId,
} from '@power-currency/domain';
import { refTo, type StateRef, type StateTable } from './stateTable.js';
import { tables } from './tables.js';

/** Every kind of record in the private data collection, with the parts of its key: each ends in a salt. */
export const privateTables = {
    /** `parcel~<asset>~<wallet>~<transaction>-<salt>` */
    parcel: { name: 'parcel', codec: parcel } as StateTable<Parcel>,
} as const;

/** The pool that backs the collection, by the collection's name. */
export const poolName = commercialCollection.name;

export const parcelRef = (asset: AssetCode, walletId: WalletId, parcelId: ParcelId): StateRef<Parcel> =>
    refTo(privateTables.parcel, asset, walletId, parcelId);
export const poolShareRef = (asset: AssetCode, shareId: PoolShareId): StateRef<PoolShare> =>
    refTo(tables.poolShare, asset, poolName, shareId);
