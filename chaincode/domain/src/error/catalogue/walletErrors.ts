// SPDX-License-Identifier: Apache-2.0

/** Refusals about wallets, intents and payments. */
export interface WalletErrors {
    WALLET_EXISTS: { walletId: string };
    WALLET_NOT_FOUND: { walletId: string };
    WALLET_NOT_CUSTODIAN: { walletId: string; custodian: string };
    INTENT_NETWORK_MISMATCH: { network: string; expected: string };
    INTENT_CHANNEL_MISMATCH: { channel: string; expected: string };
    INTENT_SIGNATURE_INVALID: { walletId: string };
    INTENT_EXPIRED: { expiresAt: string; now: string };
    INTENT_EXPIRY_TOO_FAR: { expiresAt: string; latest: string };
    NONCE_MISMATCH: { walletId: string; nonce: string; expected: string };
    TRANSFER_TO_SELF: { walletId: string };
    PENDING_CREDIT_NOT_FOUND: { walletId: string; creditId: string };
    PENDING_CREDIT_REPEATED: { creditId: string };
    INSUFFICIENT_FUNDS: { walletId: string; balance: string; amount: string };
    AMOUNT_OVERFLOW: { amount: string };
}

export const walletErrors: Readonly<Record<keyof WalletErrors, string>> = {
    WALLET_EXISTS: 'A wallet has this id already. Choose another id.',
    WALLET_NOT_FOUND: 'No wallet has this id. Open it first.',
    WALLET_NOT_CUSTODIAN: 'The wallet is kept by another participant. Ask its custodian.',
    INTENT_NETWORK_MISMATCH: 'The intent was signed for another network. Sign it for this one.',
    INTENT_CHANNEL_MISMATCH: 'The intent was signed for another channel. Sign it for this one.',
    INTENT_SIGNATURE_INVALID: "The signature is not the wallet key's signature of this intent. Sign it again.",
    INTENT_EXPIRED: 'The intent expired before it was executed. Sign a new one.',
    INTENT_EXPIRY_TOO_FAR: 'The intent would stay valid for too long. Sign one that expires sooner.',
    NONCE_MISMATCH: "The intent's nonce is not the wallet's next one. Read the balance and sign with the next nonce.",
    TRANSFER_TO_SELF: 'Payer and payee are the same wallet.',
    PENDING_CREDIT_NOT_FOUND: 'No such pending credit waits for this wallet. It may have been folded already.',
    PENDING_CREDIT_REPEATED: 'The list names the same pending credit twice.',
    INSUFFICIENT_FUNDS: 'The wallet holds less than the amount. Fold its pending credits or pay less.',
    AMOUNT_OVERFLOW: 'The sum exceeds the largest amount the ledger can hold.',
};
