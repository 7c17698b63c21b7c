// SPDX-License-Identifier: Apache-2.0
import { type Codec, type Decoded, object, text } from '../encoding/codec.js';
import type { Identifier } from '../encoding/identifier.js';
import { positiveAmount } from '../encoding/quantityCodec.js';

/** The transaction that put the share into the pool. */
export type PoolShareId = Identifier<'pool share'>;
export const poolShareId = text(/^[0-9a-f]{64}$/, 'pool share id') as Codec<PoolShareId>;

/**
 * A part of the public pool, which holds as much of an asset as all parcels together. It belongs to no wallet: any
 * withdrawal may draw on any share, and puts back what is left as a share of its own. There is no one record of the
 * pool that every deposit and withdrawal would have to write.
 */
export const poolShare = object({ amount: positiveAmount });
export type PoolShare = Decoded<typeof poolShare>;
