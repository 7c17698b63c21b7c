// SPDX-License-Identifier: Apache-2.0
import {
    commercialDepositIntent,
    commercialTransferIntent,
    commercialWithdrawIntent,
} from '../commercial/commercialIntents.js';
import { parcel, parcelId } from '../commercial/parcel.js';
import { poolShare, poolShareId } from '../commercial/poolShare.js';
import { integer, list, object } from '../encoding/codec.js';
import { creditId, walletId } from '../encoding/identifier.js';
import { amount, count, positiveAmount } from '../encoding/quantityCodec.js';
import type { ErrorCode } from '../error/errorDetails.js';
import { assetCode } from '../money/asset.js';
import { authorisation } from '../wallet/intent.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { intentErrors, payerErrors, signedIntent, signedSpending, spendErrors } from './signedIntent.js';

/** Most shares of the pool one withdrawal draws on. */
const shareCountMax = 64;
const recordCount = integer(0, Number.MAX_SAFE_INTEGER);

const collectionErrors: readonly ErrorCode[] = ['COLLECTION_PEER_NOT_MEMBER', 'COLLECTION_CALLER_NOT_MEMBER'];
/** The collection's own guards; what a rule refuses afterwards comes as CONFIDENTIAL_REFUSED, with the code as reason. */
const confidentialErrors: readonly ErrorCode[] = [
    'CONFIDENTIAL_ARGUMENT_MISPLACED',
    ...collectionErrors,
    'CONFIDENTIAL_REFUSED',
];
const parcelErrors: readonly ErrorCode[] = [
    'PARCEL_REPEATED',
    'PARCEL_NOT_FOUND',
    'AMOUNT_OVERFLOW',
    'INSUFFICIENT_FUNDS',
];

export const commercialTransactions = {
    'Commercial:Deposit': submit({
        isConfidential: true,
        summary: 'Moves money from the pocket of a commercial wallet into the private data collection.',
        arguments: signedSpending(commercialDepositIntent),
        result: object({
            walletId,
            asset: assetCode,
            amount: positiveAmount,
            nonce: count,
            shareId: poolShareId,
            available: amount,
        }),
        roles: ['member'],
        errors: [
            ...confidentialErrors,
            'COMMERCIAL_ASSET_REQUIRED',
            ...intentErrors,
            'COMMERCIAL_WALLET_REQUIRED',
            'WALLET_CLOSED',
            ...spendErrors,
        ],
        events: ['CreditsFolded', 'CommercialDeposited'],
    }),
    'Commercial:Transfer': submit({
        isConfidential: true,
        summary: 'Pays from one commercial wallet to another within the collection; others learn that, and no more.',
        arguments: signedIntent(commercialTransferIntent),
        result: object({}),
        roles: ['member'],
        errors: [
            ...confidentialErrors,
            'COMMERCIAL_ASSET_REQUIRED',
            ...intentErrors,
            'COMMERCIAL_WALLET_REQUIRED',
            'NONCE_MISMATCH',
            ...payerErrors,
            'WALLET_CLOSED',
            'SALT_REPEATED',
            ...parcelErrors,
        ],
        events: [],
    }),
    'Commercial:Withdraw': submit({
        isConfidential: true,
        summary:
            'Moves money from the collection to its wallet as a pending credit, out of the shares of the pool named.',
        arguments: object({
            intent: commercialWithdrawIntent,
            authorisation,
            shareIds: list(poolShareId, shareCountMax, 1),
        }),
        result: object({ walletId, asset: assetCode, amount: positiveAmount, creditId }),
        roles: ['member'],
        errors: [
            ...confidentialErrors,
            'COMMERCIAL_ASSET_REQUIRED',
            ...intentErrors,
            'COMMERCIAL_WALLET_REQUIRED',
            'NONCE_MISMATCH',
            ...parcelErrors,
            'POOL_SHARE_REPEATED',
            'POOL_SHARE_NOT_FOUND',
            'POOL_SHARES_INSUFFICIENT',
        ],
        events: ['CommercialWithdrawn'],
    }),
    'Commercial:BalanceOf': evaluate({
        summary: 'What a wallet has in the collection; members of the collection ask, at their own peers.',
        arguments: object({ walletId, asset: assetCode }),
        result: object({ walletId, asset: assetCode, balance: amount, parcelCount: recordCount }),
        errors: [...collectionErrors, 'QUERY_TOO_LARGE'],
    }),
    'Commercial:ListParcels': evaluate({
        summary: 'A page of the parcels of a wallet; members of the collection ask, at their own peers.',
        arguments: object({ walletId, asset: assetCode, ...pageRequest }),
        result: pageOf(object({ parcelId, parcel })),
        errors: collectionErrors,
    }),
    'Commercial:DescribePool': evaluate({
        summary: 'The public pool of an asset beside the sum of all parcels; members of the collection ask.',
        arguments: object({ asset: assetCode }),
        result: object({
            asset: assetCode,
            pool: amount,
            parcels: amount,
            shareCount: recordCount,
            parcelCount: recordCount,
        }),
        errors: [...collectionErrors, 'QUERY_TOO_LARGE'],
    }),
    'Commercial:ListPool': evaluate({
        summary: 'A page of the shares of the public pool of an asset.',
        arguments: object({ asset: assetCode, ...pageRequest }),
        result: pageOf(object({ shareId: poolShareId, share: poolShare })),
        errors: [],
    }),
} as const;
