// SPDX-License-Identifier: Apache-2.0

/** Refusals about assets and amounts of them. */
export interface AssetErrors {
    ASSET_NOT_FOUND: { asset: string };
    ASSET_NOT_ACTIVE: { asset: string; state: string };
    ASSET_NOT_ALLOWED: { asset: string; walletId: string };
    ASSET_NOT_TRANSFERABLE: { asset: string; issuer: string };
    AMOUNT_OVERFLOW: { amount: string };
}

export const assetErrors: Readonly<Record<keyof AssetErrors, string>> = {
    ASSET_NOT_FOUND: 'No asset has this code. Look at the list of assets.',
    ASSET_NOT_ACTIVE: 'The asset is not in circulation now. Nothing can be issued or paid in it.',
    ASSET_NOT_ALLOWED: 'The wallet is not on the list of those that may receive the asset. Ask its issuer.',
    ASSET_NOT_TRANSFERABLE: 'The asset moves only from and to its issuer. Give it back to the issuer.',
    AMOUNT_OVERFLOW: 'The sum exceeds the largest amount the ledger can hold.',
};
