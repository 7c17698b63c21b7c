// SPDX-License-Identifier: Apache-2.0
import { object } from '../../encoding/codec.js';
import { creditId, holdId, walletId } from '../../encoding/identifier.js';
import { amount, instant, positiveAmount } from '../../encoding/quantityCodec.js';
import { endedState, holdKind } from '../../hold/holdRecord.js';
import { assetCode } from '../../money/asset.js';

const parties = { asset: assetCode, wallet: walletId, holdId, to: walletId } as const;

export const holdEvents = {
    HoldReserved: object({ ...parties, holdKind: holdKind, amount: positiveAmount, expiresAt: instant }),
    HoldPosted: object({ ...parties, amount: positiveAmount, creditId }),
    HoldReturned: object({ ...parties, amount: positiveAmount, creditId }),
    HoldEnded: object({ ...parties, state: endedState, posted: amount }),
} as const;
