// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { WalletId } from '../encoding/identifier.js';
import { type AssetCode, isBuiltIn } from '../money/asset.js';
import type { Wallet } from '../wallet/walletRecords.js';

/** Throws WALLET_NOT_FOUND or COMMERCIAL_WALLET_REQUIRED: private balances are for wallets of type commercial (Q48). */
export function checkCommercial(walletId: WalletId, wallet: Wallet | undefined): Wallet {
    if (wallet === undefined) refuse('WALLET_NOT_FOUND', { walletId });
    if (wallet.type !== 'commercial') refuse('COMMERCIAL_WALLET_REQUIRED', { walletId, type: wallet.type });
    return wallet;
}

/** Throws COMMERCIAL_ASSET_REQUIRED: an issuer's rules ask who holds its asset, which the collection would hide from it. */
export function checkCommercialAsset(asset: AssetCode): void {
    if (!isBuiltIn(asset)) refuse('COMMERCIAL_ASSET_REQUIRED', { asset });
}
