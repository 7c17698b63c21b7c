// SPDX-License-Identifier: Apache-2.0

/** Refusals about commercial balances and the private data collection they are in. */
export interface CommercialErrors {
    CONFIDENTIAL_ARGUMENT_MISPLACED: { transaction: string };
    CONFIDENTIAL_REFUSED: { transaction: string; reason: string };
    COLLECTION_PEER_NOT_MEMBER: { collection: string; mspId: string };
    COLLECTION_CALLER_NOT_MEMBER: { collection: string; mspId: string };
    COMMERCIAL_WALLET_REQUIRED: { walletId: string; type: string };
    COMMERCIAL_ASSET_REQUIRED: { asset: string };
    PARCEL_REPEATED: { parcelId: string };
    PARCEL_NOT_FOUND: { parcelId: string };
    SALT_REPEATED: { walletId: string };
    POOL_SHARE_REPEATED: { shareId: string };
    POOL_SHARE_NOT_FOUND: { shareId: string };
    POOL_SHARES_INSUFFICIENT: { available: string; amount: string };
}

export const commercialErrors: Readonly<Record<keyof CommercialErrors, string>> = {
    CONFIDENTIAL_ARGUMENT_MISPLACED:
        "The argument of this transaction belongs into the transient field 'argument', and the one in the block is {}.",
    CONFIDENTIAL_REFUSED:
        'A rule refused the transaction. The reason is its code; details are kept back, because logs could show them.',
    COLLECTION_PEER_NOT_MEMBER:
        "The peer's organisation has no part in the private data collection. Ask a peer of one that has.",
    COLLECTION_CALLER_NOT_MEMBER:
        "The caller's organisation is not a member of the private data collection. Ask somebody of one that is.",
    COMMERCIAL_WALLET_REQUIRED: 'Only wallets of type commercial have private balances. Use such a wallet.',
    COMMERCIAL_ASSET_REQUIRED:
        'Private balances are of the assets every ledger has, PC, KD and TN. Pay others in public.',
    PARCEL_REPEATED: 'The list names the same parcel twice.',
    PARCEL_NOT_FOUND: 'The wallet has no such parcel. It may have been spent already: list its parcels.',
    SALT_REPEATED: 'Two parcels for the same wallet have the same salt. Draw 32 random bytes for each.',
    POOL_SHARE_REPEATED: 'The list names the same share of the pool twice.',
    POOL_SHARE_NOT_FOUND: 'The pool has no such share. Somebody may have drawn on it just now: list the shares again.',
    POOL_SHARES_INSUFFICIENT: 'The shares named hold less than the amount. Name more of them.',
};
