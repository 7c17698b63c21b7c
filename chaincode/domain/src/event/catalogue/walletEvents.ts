// SPDX-License-Identifier: Apache-2.0
import { integer, object, oneOf } from '../../encoding/codec.js';
import { creditId, participantId, walletId } from '../../encoding/identifier.js';
import { count, positiveAmount } from '../../encoding/quantityCodec.js';

const asset = oneOf(['PC']);

export const walletEvents = {
    WalletOpened: object({ walletId, custodian: participantId }),
    CreditsTransferred: object({ asset, from: walletId, to: walletId, amount: positiveAmount, nonce: count, creditId }),
    CreditsFolded: object({ asset, walletId, amount: positiveAmount, creditCount: integer(1, 1000) }),
} as const;
