// SPDX-License-Identifier: Apache-2.0
import { boolean, freeText, object } from '../encoding/codec.js';
import { creditId, requestId, walletId } from '../encoding/identifier.js';
import { amount, count, positiveAmount } from '../encoding/quantityCodec.js';
import type { ErrorCode } from '../error/errorDetails.js';
import { asset, assetCode } from '../money/asset.js';
import {
    allowWalletsIntent,
    disallowWalletsIntent,
    issueAssetIntent,
    registerAssetIntent,
    retireAssetIntent,
} from '../money/assetIntents.js';
import { listedWallet } from '../money/privateAsset.js';
import { supplyAccount, supplyChange, supplyDescription } from '../money/supply.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import {
    credentialErrors,
    intentErrors,
    payeeErrors,
    signedIntent,
    signedSpending,
    spendErrors,
} from './signedIntent.js';

const privateErrors: readonly ErrorCode[] = ['ASSET_CODE_RESERVED', 'ASSET_NOT_FOUND'];
const issuerErrors: readonly ErrorCode[] = [
    ...intentErrors,
    'NONCE_MISMATCH',
    ...privateErrors,
    'ASSET_NOT_ISSUER',
    ...credentialErrors,
];
const reason = freeText(200, 1);

export const assetTransactions = {
    'Asset:Register': submit({
        summary: 'Applies for a private asset with rules of its own, for good; its issuer is the wallet that signs.',
        arguments: signedIntent(registerAssetIntent),
        result: asset,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'NONCE_MISMATCH',
            ...credentialErrors,
            'ASSET_CODE_RESERVED',
            'ASSET_EXISTS',
            'ASSET_RULES_INVALID',
        ],
        events: ['AssetRegistered'],
    }),
    'Asset:Review': submit({
        summary: "Accepts or refuses an application; not for the custodian of the issuer's wallet to do.",
        arguments: object({ requestId, asset: assetCode, isAccepted: boolean, reason }),
        result: asset,
        roles: ['delegate'],
        errors: [...privateErrors, 'ASSET_STATE_MISMATCH', 'ASSET_DECISION_NOT_INDEPENDENT'],
        events: ['AssetStateChanged'],
    }),
    'Asset:Suspend': submit({
        summary: 'Takes a private asset out of circulation until it is resumed.',
        arguments: object({ requestId, asset: assetCode, reason }),
        result: asset,
        roles: ['delegate'],
        errors: [...privateErrors, 'ASSET_STATE_MISMATCH'],
        events: ['AssetStateChanged'],
    }),
    'Asset:Resume': submit({
        summary: "Puts a suspended asset back in circulation; not for the custodian of the issuer's wallet to do.",
        arguments: object({ requestId, asset: assetCode, reason }),
        result: asset,
        roles: ['delegate'],
        errors: [...privateErrors, 'ASSET_STATE_MISMATCH', 'ASSET_DECISION_NOT_INDEPENDENT'],
        events: ['AssetStateChanged'],
    }),
    'Asset:Allow': submit({
        summary: 'Lets up to a hundred wallets receive an asset that has a list.',
        arguments: signedIntent(allowWalletsIntent),
        result: object({ asset: assetCode }),
        roles: ['member'],
        errors: [...issuerErrors, 'ASSET_HAS_NO_LIST', 'WALLET_NOT_FOUND'],
        events: ['AssetListChanged'],
    }),
    'Asset:Disallow': submit({
        summary: 'Takes up to a hundred wallets off the list: they keep what they have and receive no more.',
        arguments: signedIntent(disallowWalletsIntent),
        result: object({ asset: assetCode }),
        roles: ['member'],
        errors: [...issuerErrors, 'ASSET_HAS_NO_LIST', 'ASSET_NOT_ALLOWED'],
        events: ['AssetListChanged'],
    }),
    'Asset:Issue': submit({
        summary: "Issues units of a private asset on its issuer's signed intent, within its cap.",
        arguments: signedIntent(issueAssetIntent),
        result: object({ asset: assetCode, to: walletId, amount: positiveAmount, creditId }),
        roles: ['member'],
        errors: [...issuerErrors, ...payeeErrors, 'ASSET_CAP_EXCEEDED', 'AMOUNT_OVERFLOW'],
        events: ['AssetIssued'],
    }),
    'Asset:Retire': submit({
        summary: "Takes units of a private asset out of existence on their holder's signed intent.",
        arguments: signedSpending(retireAssetIntent),
        result: object({ asset: assetCode, walletId, amount: positiveAmount, nonce: count, available: amount }),
        roles: ['member'],
        errors: [...intentErrors, ...privateErrors, ...spendErrors],
        events: ['CreditsFolded', 'AssetRetired'],
    }),
    'Asset:List': evaluate({
        summary: 'A page of the private assets ever applied for, in order of their codes.',
        arguments: object(pageRequest),
        result: pageOf(asset),
        errors: [],
    }),
    'Asset:ListAllowed': evaluate({
        summary: "A page of the wallets on an asset's list.",
        arguments: object({ asset: assetCode, ...pageRequest }),
        result: pageOf(listedWallet),
        errors: ['ASSET_NOT_FOUND'],
    }),
    'Asset:Describe': evaluate({
        summary: 'One asset: its class, its issuer, its rules and its state.',
        arguments: object({ asset: assetCode }),
        result: asset,
        errors: ['ASSET_NOT_FOUND'],
    }),
    'Asset:DescribeSupply': evaluate({
        summary: 'Issued and redeemed totals with their causes, beside a count of every record that holds money.',
        arguments: object({ asset: assetCode }),
        result: supplyDescription,
        errors: ['ASSET_NOT_FOUND', 'QUERY_TOO_LARGE'],
    }),
    'Asset:ListSupplyChanges': evaluate({
        summary: 'A page of what made units of an asset or ended them, in order of time: every change with its cause.',
        arguments: object({ asset: assetCode, ...pageRequest }),
        result: pageOf(supplyChange),
        errors: ['ASSET_NOT_FOUND'],
    }),
    'Asset:AuditSupply': evaluate({
        summary: 'Counts a page of the records that hold money; the pages of one height add up to the whole supply.',
        arguments: object({ asset: assetCode, ...pageRequest }),
        result: object({
            account: supplyAccount,
            bookmark: pageRequest.bookmark,
        }),
        errors: ['ASSET_NOT_FOUND'],
    }),
} as const;
