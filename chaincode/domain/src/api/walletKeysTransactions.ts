// SPDX-License-Identifier: Apache-2.0
import { object } from '../encoding/codec.js';
import { recoveryId, requestId, walletId } from '../encoding/identifier.js';
import { rotateKeysIntent, setGuardiansIntent } from '../wallet/changeWallet.js';
import { approveRecoveryIntent, recovery, vetoRecoveryIntent } from '../wallet/recovery.js';
import { wallet } from '../wallet/walletRecords.js';
import { evaluate, submit } from './definition.js';
import { intentErrors, signedIntent } from './signedIntent.js';

const keyErrors = ['KEY_NOT_CANONICAL', 'KEY_SMALL_ORDER', 'KEY_NOT_ON_CURVE', 'KEY_REPEATED', 'KEYS_TOO_FEW'] as const;

/** How a wallet's keys and guardians change; no funds move. */
export const walletKeysTransactions = {
    'WalletKeys:Rotate': submit({
        summary: "Replaces a wallet's keys on the word of the present ones.",
        arguments: signedIntent(rotateKeysIntent),
        changesWallet: true,
        result: wallet,
        roles: ['member'],
        errors: [...intentErrors, 'NONCE_MISMATCH', ...keyErrors],
        events: ['WalletKeysRotated'],
    }),
    'WalletKeys:SetGuardians': submit({
        summary: 'Names the wallets whose holders together can recover this one, or none.',
        arguments: signedIntent(setGuardiansIntent),
        changesWallet: true,
        result: wallet,
        roles: ['member'],
        errors: [...intentErrors, 'NONCE_MISMATCH', 'GUARDIANS_INVALID'],
        events: ['WalletGuardiansSet'],
    }),
    'WalletKeys:ApproveRecovery': submit({
        summary: "One guardian's approval of new keys; the last one needed starts the time in which to veto.",
        arguments: signedIntent(approveRecoveryIntent),
        result: recovery,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'NONCE_MISMATCH',
            'GUARDIAN_NOT_NAMED',
            ...keyErrors,
            'RECOVERY_ENDED',
            'RECOVERY_STALE',
            'RECOVERY_KEYS_DIFFER',
            'RECOVERY_APPROVED_ALREADY',
        ],
        events: ['RecoveryApproved'],
    }),
    'WalletKeys:VetoRecovery': submit({
        summary: 'Ends a recovery on the word of the present keys.',
        arguments: signedIntent(vetoRecoveryIntent),
        result: recovery,
        roles: ['member'],
        errors: [...intentErrors, 'NONCE_MISMATCH', 'RECOVERY_NOT_FOUND', 'RECOVERY_ENDED'],
        events: ['RecoveryVetoed'],
    }),
    'WalletKeys:CompleteRecovery': submit({
        summary: 'Gives the wallet the keys its guardians approved, once the time to veto has passed.',
        arguments: object({ requestId, walletId, recoveryId }),
        result: wallet,
        roles: ['member'],
        errors: ['WALLET_NOT_FOUND', 'RECOVERY_NOT_FOUND', 'RECOVERY_ENDED', 'RECOVERY_NOT_READY', 'RECOVERY_STALE'],
        events: ['WalletKeysRotated'],
    }),
    'WalletKeys:DescribeRecovery': evaluate({
        summary: 'One recovery: who approved it, and when it can be completed.',
        arguments: object({ walletId, recoveryId }),
        result: recovery,
        errors: ['RECOVERY_NOT_FOUND'],
    }),
} as const;
