// SPDX-License-Identifier: Apache-2.0
import { list, object } from '../encoding/codec.js';
import { creditId, requestId, walletId } from '../encoding/identifier.js';
import { assetCode } from '../money/asset.js';
import { closeWalletIntent } from '../wallet/changeWallet.js';
import { manyTransferIntent, transferIntent } from '../wallet/transferIntent.js';
import { walletKeys } from '../wallet/walletKeys.js';
import {
    balance,
    foldReceipt,
    manyTransferReceipt,
    pendingCredit,
    pocket,
    transferReceipt,
    wallet,
} from '../wallet/walletRecords.js';
import { walletType } from '../wallet/walletPolicy.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { intentErrors, payeeErrors, signedIntent, signedSpending, spendErrors } from './signedIntent.js';

/** Most pending credits one fold takes in. */
const foldCountMax = 1000;

export const walletTransactions = {
    'Wallet:Open': submit({
        summary: "Opens a wallet for the holder of its keys; the caller's organisation is its custodian.",
        arguments: object({ requestId, walletId, type: walletType, keys: walletKeys }),
        result: wallet,
        roles: ['member'],
        errors: [
            'HOLDER_NOT_CUSTODIAN',
            'TIER_TOO_LOW',
            'KEY_NOT_CANONICAL',
            'KEY_SMALL_ORDER',
            'KEY_NOT_ON_CURVE',
            'KEY_REPEATED',
            'KEYS_TOO_FEW',
            'WALLET_TYPE_NOT_ALLOWED',
            'WALLET_EXISTS',
        ],
        events: ['WalletOpened'],
    }),
    'Wallet:Transfer': submit({
        summary: "Pays from a wallet on its holder's signed intent; first folds the payer's pending credits named.",
        arguments: signedSpending(transferIntent),
        result: transferReceipt,
        roles: ['member'],
        errors: [...intentErrors, 'TRANSFER_TO_SELF', ...payeeErrors, 'TRAVEL_RULE_REFERENCE_MISSING', ...spendErrors],
        events: ['CreditsFolded', 'CreditsTransferred'],
    }),
    'Wallet:TransferMany': submit({
        summary: 'Pays up to a thousand wallets on one signed intent, all or none.',
        arguments: signedSpending(manyTransferIntent),
        result: manyTransferReceipt,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'TRANSFER_TO_SELF',
            ...payeeErrors,
            'AMOUNT_OVERFLOW',
            'TRAVEL_RULE_REFERENCE_MISSING',
            ...spendErrors,
        ],
        events: ['CreditsFolded', 'ManyPaid'],
    }),
    'Wallet:Fold': submit({
        summary: 'Takes the pending credits named into the balance; only the custodian does this.',
        arguments: object({ requestId, walletId, asset: assetCode, creditIds: list(creditId, foldCountMax) }),
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
    'Wallet:Close': submit({
        summary: 'Closes a wallet: nobody can pay into it any more; what it holds can still be paid out.',
        arguments: signedIntent(closeWalletIntent),
        changesWallet: true,
        result: wallet,
        roles: ['member'],
        errors: [...intentErrors, 'WALLET_CLOSED', 'NONCE_MISMATCH'],
        events: ['WalletClosed'],
    }),
    'Wallet:Describe': evaluate({
        summary: 'One wallet: its type, its keys, its guardians and its custodian.',
        arguments: object({ walletId }),
        result: wallet,
        errors: ['WALLET_NOT_FOUND'],
    }),
    'Wallet:BalanceOf': evaluate({
        summary:
            'What a wallet can spend of an asset, what waits for it, what it has on hold and in notes, and the last nonce it used.',
        arguments: object({ walletId, asset: assetCode }),
        result: balance,
        errors: ['WALLET_NOT_FOUND', 'ASSET_NOT_FOUND', 'QUERY_TOO_LARGE'],
    }),
    'Wallet:ListPending': evaluate({
        summary: "A page of the credits that wait for a wallet, in order of the paying transactions' ids.",
        arguments: object({ walletId, asset: assetCode, ...pageRequest }),
        result: pageOf(object({ creditId, credit: pendingCredit })),
        errors: ['WALLET_NOT_FOUND'],
    }),
    'Wallet:List': evaluate({
        summary: 'A page of the wallets in order of their ids.',
        arguments: object(pageRequest),
        result: pageOf(wallet),
        errors: [],
    }),
    'Wallet:ListPockets': evaluate({
        summary: 'A page of the wallets that have an asset, with what they can spend of it, in order of their ids.',
        arguments: object({ asset: assetCode, ...pageRequest }),
        result: pageOf(object({ walletId, pocket })),
        errors: [],
    }),
} as const;
