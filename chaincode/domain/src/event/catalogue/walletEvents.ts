// SPDX-License-Identifier: Apache-2.0
import { integer, list, object, oneOf } from '../../encoding/codec.js';
import { creditId, participantId, recoveryId, walletId } from '../../encoding/identifier.js';
import { count, positiveAmount } from '../../encoding/quantityCodec.js';
import { assetCode } from '../../money/asset.js';
import { payeeCountMax } from '../../wallet/transferIntent.js';
import { walletType } from '../../wallet/walletPolicy.js';

export const walletEvents = {
    WalletOpened: object({ walletId, walletType, custodian: participantId }),
    WalletKeysRotated: object({ walletId, cause: oneOf(['holder', 'guardians']) }),
    WalletGuardiansSet: object({ walletId, guardianCount: integer(0, 9) }),
    WalletClosed: object({ walletId }),
    RecoveryApproved: object({ walletId, recoveryId, guardian: walletId }),
    RecoveryVetoed: object({ walletId, recoveryId }),
    CreditsTransferred: object({
        asset: assetCode,
        from: walletId,
        to: walletId,
        amount: positiveAmount,
        nonce: count,
        creditId,
    }),
    ManyPaid: object({
        asset: assetCode,
        from: walletId,
        total: positiveAmount,
        nonce: count,
        payments: list(object({ to: walletId, amount: positiveAmount, creditId }), payeeCountMax),
    }),
    CreditsFolded: object({ asset: assetCode, walletId, amount: positiveAmount, creditCount: integer(1, 1000) }),
} as const;
