// SPDX-License-Identifier: Apache-2.0

/** Refusals about assets and amounts of them. */
export interface AssetErrors {
    ASSET_NOT_FOUND: { asset: string };
    ASSET_EXISTS: { asset: string; state: string };
    ASSET_CODE_RESERVED: { asset: string };
    ASSET_RULES_INVALID: { asset: string; access: string; tierMin: number };
    ASSET_STATE_MISMATCH: { asset: string; state: string; expected: string };
    ASSET_DECISION_NOT_INDEPENDENT: { asset: string; participantId: string };
    ASSET_NOT_ISSUER: { asset: string; walletId: string };
    ASSET_HAS_NO_LIST: { asset: string };
    ASSET_CAP_EXCEEDED: { asset: string; amount: string; available: string };
    ASSET_NOT_ACTIVE: { asset: string; state: string };
    ASSET_NOT_ALLOWED: { asset: string; walletId: string };
    ASSET_NOT_TRANSFERABLE: { asset: string; issuer: string };
    AMOUNT_OVERFLOW: { amount: string };
}

export const assetErrors: Readonly<Record<keyof AssetErrors, string>> = {
    ASSET_NOT_FOUND: 'No asset has this code. Look at the list of assets.',
    ASSET_EXISTS: 'An asset has, or had, this code. Choose another code.',
    ASSET_CODE_RESERVED: 'The asset is one that every ledger has. Its own contract issues and retires it.',
    ASSET_RULES_INVALID: 'A tier of at least 1 goes with tier-gated access, and 0 with any other.',
    ASSET_STATE_MISMATCH: 'This is not the next thing to happen to the asset. Look at its state.',
    ASSET_DECISION_NOT_INDEPENDENT:
        "The caller's organisation keeps the issuer's wallet. Another member has to decide.",
    ASSET_NOT_ISSUER: 'The wallet that signed is not the issuer of the asset.',
    ASSET_HAS_NO_LIST: 'Who may receive the asset does not depend on a list.',
    ASSET_CAP_EXCEEDED: 'The amount exceeds what the cap of the asset leaves. Issue less.',
    ASSET_NOT_ACTIVE: 'The asset is not in circulation now. Nothing can be issued or paid in it.',
    ASSET_NOT_ALLOWED: 'The wallet is not on the list of those that may receive the asset. Ask its issuer.',
    ASSET_NOT_TRANSFERABLE: 'The asset moves only from and to its issuer. Give it back to the issuer.',
    AMOUNT_OVERFLOW: 'The sum exceeds the largest amount the ledger can hold.',
};
