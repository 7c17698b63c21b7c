// SPDX-License-Identifier: Apache-2.0
import { poolShareId } from '../../commercial/poolShare.js';
import { object } from '../../encoding/codec.js';
import { creditId, walletId } from '../../encoding/identifier.js';
import { count, positiveAmount } from '../../encoding/quantityCodec.js';
import { assetCode } from '../../money/asset.js';

/** Money that goes into the private data collection or comes out of it. What happens inside makes no event. */
export const commercialEvents = {
    CommercialDeposited: object({
        asset: assetCode,
        walletId,
        amount: positiveAmount,
        nonce: count,
        shareId: poolShareId,
    }),
    CommercialWithdrawn: object({ asset: assetCode, walletId, amount: positiveAmount, creditId }),
} as const;
