// SPDX-License-Identifier: Apache-2.0
import { salt } from '../encoding/byteCodec.js';
import { type Decoded, freeText, list } from '../encoding/codec.js';
import { walletId } from '../encoding/identifier.js';
import { positiveAmount } from '../encoding/quantityCodec.js';
import { assetCode } from '../money/asset.js';
import { intentOf } from '../wallet/intent.js';
import { parcelId } from './parcel.js';

/** Most parcels one intent spends. */
const parcelCountMax = 64;
const parcelIds = list(parcelId, parcelCountMax, 1);

/**
 * What the holder of a commercial wallet signs to move money from its pocket into the private data collection. `nonce`
 * is the pocket's next one.
 */
export const commercialDepositIntent = intentOf('commercial-deposit', {
    asset: assetCode,
    amount: positiveAmount,
    /** 32 random bytes, which nobody else learns: they keep the parcel's hashes from being guessed. */
    salt,
});

/**
 * What the holder signs to pay another commercial wallet within the collection. `nonce` is "0": the parcels named are
 * spent for ever, and with them the intent. `requestId` is public, so it should be random.
 */
export const commercialTransferIntent = intentOf('commercial-transfer', {
    asset: assetCode,
    to: walletId,
    amount: positiveAmount,
    parcelIds,
    /** Of the payee's parcel, and of the parcel with the change. */
    salt,
    changeSalt: salt,
    memo: freeText(140),
});

/** What the holder signs to take money out of the collection; it comes to the same wallet as a pending credit. */
export const commercialWithdrawIntent = intentOf('commercial-withdraw', {
    asset: assetCode,
    amount: positiveAmount,
    parcelIds,
    changeSalt: salt,
});

export type CommercialDepositIntent = Decoded<typeof commercialDepositIntent>;
export type CommercialTransferIntent = Decoded<typeof commercialTransferIntent>;
export type CommercialWithdrawIntent = Decoded<typeof commercialWithdrawIntent>;
