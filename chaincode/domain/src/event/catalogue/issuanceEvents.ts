// SPDX-License-Identifier: Apache-2.0
import { object } from '../../encoding/codec.js';
import { creditId, walletId } from '../../encoding/identifier.js';
import { amount, positiveAmount } from '../../encoding/quantityCodec.js';
import { assetCode } from '../../money/asset.js';
import { day } from '../../time/day.js';

export const issuanceEvents = {
    CreditsIssued: object({
        asset: assetCode,
        day,
        to: walletId,
        amount: positiveAmount,
        creditId,
        issued: amount,
    }),
} as const;
