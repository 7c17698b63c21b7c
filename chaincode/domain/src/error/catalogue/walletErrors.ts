// SPDX-License-Identifier: Apache-2.0

/** Refusals about wallets, intents and payments. */
export interface WalletErrors {
    WALLET_EXISTS: { walletId: string };
    WALLET_NOT_FOUND: { walletId: string };
    WALLET_NOT_CUSTODIAN: { walletId: string; custodian: string };
    WALLET_TYPE_NOT_ALLOWED: { type: string; participantId: string };
    WALLET_CLOSED: { walletId: string };
    KEY_REPEATED: { publicKey: string };
    KEYS_TOO_FEW: { threshold: number; keyCount: number };
    GUARDIANS_INVALID: { walletId: string; reason: string };
    GUARDIAN_NOT_NAMED: { walletId: string; guardian: string };
    RECOVERY_NOT_FOUND: { walletId: string; recoveryId: string };
    RECOVERY_ENDED: { recoveryId: string; state: string };
    RECOVERY_STALE: { recoveryId: string };
    RECOVERY_KEYS_DIFFER: { recoveryId: string };
    RECOVERY_APPROVED_ALREADY: { recoveryId: string; guardian: string };
    RECOVERY_NOT_READY: { recoveryId: string; readyAt: string | null };
    INTENT_NETWORK_MISMATCH: { network: string; expected: string };
    INTENT_CHANNEL_MISMATCH: { channel: string; expected: string };
    INTENT_KEY_UNKNOWN: { walletId: string; publicKey: string };
    INTENT_SIGNATURE_REPEATED: { walletId: string; publicKey: string };
    INTENT_SIGNATURE_INVALID: { walletId: string };
    INTENT_SIGNATURES_INSUFFICIENT: { walletId: string; signatures: number; required: number };
    INTENT_POST_QUANTUM_INVALID: { walletId: string; isKeyRegistered: boolean };
    INTENT_EXPIRED: { expiresAt: string; now: string };
    INTENT_EXPIRY_TOO_FAR: { expiresAt: string; latest: string };
    NONCE_MISMATCH: { walletId: string; nonce: string; expected: string };
    TRANSFER_TO_SELF: { walletId: string };
    PENDING_CREDIT_NOT_FOUND: { walletId: string; creditId: string };
    PENDING_CREDIT_REPEATED: { creditId: string };
    INSUFFICIENT_FUNDS: { walletId: string; asset: string; available: string; amount: string };
}

export const walletErrors: Readonly<Record<keyof WalletErrors, string>> = {
    WALLET_EXISTS: 'A wallet has this id already. Choose another id.',
    WALLET_NOT_FOUND: 'No wallet has this id. Open it first.',
    WALLET_NOT_CUSTODIAN: 'The wallet is kept by another participant. Ask its custodian.',
    WALLET_TYPE_NOT_ALLOWED: 'This organisation cannot open wallets of this type. Choose another type.',
    WALLET_CLOSED: 'The wallet is closed and takes no more money. Ask its holder for another.',
    KEY_REPEATED: 'The list names the same public key twice. Name each key once.',
    KEYS_TOO_FEW: 'More signatures are asked for than there are keys. Lower the threshold or add keys.',
    GUARDIANS_INVALID:
        'Guardians are wallets of different holders, at least as many as have to agree, with a delay of thirty days at most.',
    GUARDIAN_NOT_NAMED: "The approving wallet is none of the wallet's guardians.",
    RECOVERY_NOT_FOUND: 'The wallet has no recovery of this id. A guardian begins one by approving it.',
    RECOVERY_ENDED: 'The recovery takes no more approvals or vetoes. Begin another under a new id.',
    RECOVERY_STALE: 'The wallet was changed after the recovery began. Begin another under a new id.',
    RECOVERY_KEYS_DIFFER: 'The first guardian approved other keys under this id. Agree on the keys.',
    RECOVERY_APPROVED_ALREADY: 'This guardian has approved the recovery. Others have to approve it, too.',
    RECOVERY_NOT_READY: 'Approvals are missing, or the time in which the old keys can veto has not passed. Try later.',
    INTENT_NETWORK_MISMATCH: 'The intent was signed for another network. Sign it for this one.',
    INTENT_CHANNEL_MISMATCH: 'The intent was signed for another channel. Sign it for this one.',
    INTENT_KEY_UNKNOWN: "A signature is by a key that is none of the wallet's. Sign with the wallet's present keys.",
    INTENT_SIGNATURE_REPEATED: 'The same key signed twice. Another of the keys has to sign.',
    INTENT_SIGNATURE_INVALID: "The signature is not the wallet key's signature of this intent. Sign it again.",
    INTENT_SIGNATURES_INSUFFICIENT: "Fewer of the wallet's keys signed than it asks for. Collect more signatures.",
    INTENT_POST_QUANTUM_INVALID:
        'The ML-DSA signature is missing, invalid, or of a key the wallet has not registered. Sign it again.',
    INTENT_EXPIRED: 'The intent expired before it was executed. Sign a new one.',
    INTENT_EXPIRY_TOO_FAR: 'The intent would stay valid for too long. Sign one that expires sooner.',
    NONCE_MISMATCH: "The intent's nonce is not the next one. Read the balance or the wallet and sign with the next.",
    TRANSFER_TO_SELF: 'Payer and payee are the same wallet.',
    PENDING_CREDIT_NOT_FOUND: 'No such pending credit waits for this wallet. It may have been folded already.',
    PENDING_CREDIT_REPEATED: 'The list names the same pending credit twice.',
    INSUFFICIENT_FUNDS: 'The wallet can spend less than the amount. Fold its pending credits or pay less.',
};
