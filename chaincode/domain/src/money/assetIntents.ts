// SPDX-License-Identifier: Apache-2.0
import { type Decoded, freeText, integer, list } from '../encoding/codec.js';
import { walletId } from '../encoding/identifier.js';
import { positiveAmount } from '../encoding/quantityCodec.js';
import { intentOf } from '../wallet/intent.js';
import { assetCode, assetRules, decimalsMax } from './asset.js';

/** Most wallets one intent puts on a list, or takes off it. */
export const listedWalletCountMax = 100;

/** What the holder of a wallet signs to apply for an asset that this wallet issues. */
export const registerAssetIntent = intentOf('register-asset', {
    asset: assetCode,
    name: freeText(80, 1),
    decimals: integer(0, decimalsMax),
    rules: assetRules,
});
export type RegisterAssetIntent = Decoded<typeof registerAssetIntent>;

/** What an issuer signs to issue units of its asset. */
export const issueAssetIntent = intentOf('issue-asset', {
    asset: assetCode,
    to: walletId,
    amount: positiveAmount,
    memo: freeText(140),
});

/** What a holder signs to take units of its own out of existence. */
export const retireAssetIntent = intentOf('retire-asset', {
    asset: assetCode,
    amount: positiveAmount,
    memo: freeText(140),
});

const listed = { asset: assetCode, walletIds: list(walletId, listedWalletCountMax, 1) };
/** What an issuer signs to let wallets receive its asset. */
export const allowWalletsIntent = intentOf('allow-wallets', listed);
/** What an issuer signs to let them receive it no more. */
export const disallowWalletsIntent = intentOf('disallow-wallets', listed);
