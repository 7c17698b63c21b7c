// SPDX-License-Identifier: Apache-2.0
import { salt } from '../encoding/byteCodec.js';
import { hex } from '../encoding/bytes.js';
import { type Codec, type Decoded, freeText, nullable, object, text } from '../encoding/codec.js';
import type { Identifier } from '../encoding/identifier.js';
import { walletId } from '../encoding/identifier.js';
import { positiveAmount } from '../encoding/quantityCodec.js';

/** A parcel's name: the transaction that made it, and the salt that keeps others from finding out what it is of. */
export type ParcelId = Identifier<'parcel'>;
export const parcelId = text(/^[0-9a-f]{64}-[0-9a-f]{64}$/, 'parcel id') as Codec<ParcelId>;

/**
 * Money of a wallet in the private data collection; what a wallet has there is the sum of its parcels. One is made by
 * a deposit or a payment and spent whole, so no two transactions ever write the same key twice. The peers of
 * organisations outside the collection keep hashes of key and value: both contain the salt, and so tell them nothing.
 */
export const parcel = object({
    amount: positiveAmount,
    /** Who paid it; null for a deposit and for change. */
    from: nullable(walletId),
    memo: freeText(140),
    salt,
});
export type Parcel = Decoded<typeof parcel>;

/** The name of the parcel that a transaction makes with this salt. */
export function parcelIdOf(transactionId: string, parcelSalt: Uint8Array): ParcelId {
    return `${transactionId}-${hex(parcelSalt)}` as ParcelId;
}
