// SPDX-License-Identifier: Apache-2.0
import type {
    Allowance,
    Asset,
    AssetCode,
    CreditId,
    PendingCredit,
    Pocket,
    Wallet,
    WalletId,
} from '@power-currency/domain';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

export const walletRef = (walletId: WalletId): StateRef<Wallet> => refTo(tables.wallet, walletId);
export const assetRef = (asset: AssetCode): StateRef<Asset> => refTo(tables.asset, asset);
export const allowanceRef = (asset: AssetCode, walletId: WalletId): StateRef<Allowance> =>
    refTo(tables.allowance, asset, walletId);
export const pocketRef = (asset: AssetCode, walletId: WalletId): StateRef<Pocket> =>
    refTo(tables.pocket, asset, walletId);
export const pendingRef = (asset: AssetCode, walletId: WalletId, creditId: CreditId): StateRef<PendingCredit> =>
    refTo(tables.pending, asset, walletId, creditId);
