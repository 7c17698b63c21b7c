// SPDX-License-Identifier: Apache-2.0

/** Refusals about assets and amounts of them. */
export interface AssetErrors {
    ASSET_NOT_FOUND: { asset: string };
    ASSET_NOT_ACTIVE: { asset: string; state: string };
    AMOUNT_OVERFLOW: { amount: string };
}

export const assetErrors: Readonly<Record<keyof AssetErrors, string>> = {
    ASSET_NOT_FOUND: 'No asset has this code. Look at the list of assets.',
    ASSET_NOT_ACTIVE: 'The asset is not in circulation now. Nothing can be issued or paid in it.',
    AMOUNT_OVERFLOW: 'The sum exceeds the largest amount the ledger can hold.',
};
