// SPDX-License-Identifier: Apache-2.0
import { boolean, freeText, integer, list, object } from '../../encoding/codec.js';
import { creditId, participantId, walletId } from '../../encoding/identifier.js';
import { amount, count, positiveAmount } from '../../encoding/quantityCodec.js';
import { assetCode, assetRules, assetState, decimalsMax } from '../../money/asset.js';
import { listedWalletCountMax } from '../../money/assetIntents.js';

export const assetEvents = {
    AssetRegistered: object({
        asset: assetCode,
        issuer: walletId,
        name: freeText(80),
        decimals: integer(0, decimalsMax),
        rules: assetRules,
    }),
    /** By review, suspension or resumption. */
    AssetStateChanged: object({ asset: assetCode, state: assetState, by: participantId, reason: freeText(200) }),
    AssetListChanged: object({
        asset: assetCode,
        isAllowed: boolean,
        walletIds: list(walletId, listedWalletCountMax),
    }),
    AssetIssued: object({ asset: assetCode, to: walletId, amount: positiveAmount, creditId, issued: amount }),
    AssetRetired: object({ asset: assetCode, walletId, amount: positiveAmount, nonce: count, redeemed: amount }),
} as const;
