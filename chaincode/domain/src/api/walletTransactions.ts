// SPDX-License-Identifier: Apache-2.0
import { publicKey, signature } from '../encoding/byteCodec.js';
import { list, object } from '../encoding/codec.js';
import { creditId, requestId, walletId } from '../encoding/identifier.js';
import { transferIntent } from '../wallet/transferIntent.js';
import { balance, foldReceipt, pendingCredit, pocket, transferReceipt, wallet } from '../wallet/walletRecords.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';

/** Most pending credits one transfer takes in on its way. */
const transferFoldCountMax = 64;
/** Most pending credits one fold takes in. */
const foldCountMax = 1000;

export const walletTransactions = {
    'Wallet:Open': submit({
        summary: "Opens a wallet for the holder of an Ed25519 key; the caller's organisation is its custodian.",
        arguments: object({ requestId, walletId, publicKey }),
        result: wallet,
        roles: ['member'],
        errors: ['KEY_NOT_CANONICAL', 'KEY_SMALL_ORDER', 'KEY_NOT_ON_CURVE', 'WALLET_EXISTS'],
        events: ['WalletOpened'],
    }),
    'Wallet:Transfer': submit({
        summary: "Pays from a wallet on its holder's signed intent; first folds the payer's pending credits named.",
        arguments: object({ intent: transferIntent, signature, foldIds: list(creditId, transferFoldCountMax) }),
        result: transferReceipt,
        roles: ['member'],
        errors: [
            'INTENT_NETWORK_MISMATCH',
            'INTENT_CHANNEL_MISMATCH',
            'TRANSFER_TO_SELF',
            'WALLET_NOT_FOUND',
            'INTENT_SIGNATURE_INVALID',
            'INTENT_EXPIRED',
            'INTENT_EXPIRY_TOO_FAR',
            'NONCE_MISMATCH',
            'PENDING_CREDIT_REPEATED',
            'PENDING_CREDIT_NOT_FOUND',
            'AMOUNT_OVERFLOW',
            'INSUFFICIENT_FUNDS',
        ],
        events: ['CreditsFolded', 'CreditsTransferred'],
    }),
    'Wallet:Fold': submit({
        summary: 'Takes the pending credits named into the balance; only the custodian does this.',
        arguments: object({ requestId, walletId, creditIds: list(creditId, foldCountMax) }),
        result: foldReceipt,
        roles: ['member'],
        errors: [
            'WALLET_NOT_FOUND',
            'WALLET_NOT_CUSTODIAN',
            'PENDING_CREDIT_REPEATED',
            'PENDING_CREDIT_NOT_FOUND',
            'AMOUNT_OVERFLOW',
        ],
        events: ['CreditsFolded'],
    }),
    'Wallet:Describe': evaluate({
        summary: 'One wallet: its key and its custodian.',
        arguments: object({ walletId }),
        result: wallet,
        errors: ['WALLET_NOT_FOUND'],
    }),
    'Wallet:BalanceOf': evaluate({
        summary: 'What a wallet can spend, what waits for it, and the last nonce it used.',
        arguments: object({ walletId }),
        result: balance,
        errors: ['WALLET_NOT_FOUND'],
    }),
    'Wallet:ListPending': evaluate({
        summary: "A page of the credits that wait for a wallet, in order of the paying transactions' ids.",
        arguments: object({ walletId, ...pageRequest }),
        result: pageOf(object({ creditId, credit: pendingCredit })),
        errors: ['WALLET_NOT_FOUND'],
    }),
    'Wallet:List': evaluate({
        summary: 'A page of the wallets with what they can spend, in order of their ids.',
        arguments: object(pageRequest),
        result: pageOf(object({ walletId, pocket })),
        errors: [],
    }),
} as const;
