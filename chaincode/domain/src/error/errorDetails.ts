// SPDX-License-Identifier: Apache-2.0

/**
 * Every way in which a transaction can be refused, with the facts that go with it. One failure mode, one code.
 * Amounts, energy and ratios are carried as the decimal strings of the wire.
 */
export interface ErrorDetails {
    // Arguments and caller
    INVALID_ARGUMENT: { field: string; reason: string };
    ARGUMENT_TOO_LARGE: { sizeBytes: number; sizeBytesMax: number };
    TRANSACTION_UNKNOWN: { transaction: string };
    CALLER_IDENTITY_INVALID: { reason: string };
    CALLER_NOT_AUTHORISED: { transaction: string; rolesRequired: string[]; rolesHeld: string[] };
    CLOCK_SKEW: { transactionTime: string; skewSecondsMax: number };
    REQUEST_CONFLICT: { requestId: string };
    STATE_CORRUPT: { objectType: string; reason: string };
    CONSERVATION_VIOLATED: { asset: string; difference: string };
    QUERY_TOO_LARGE: { rowsMax: number };

    // Registry
    PARTICIPANT_ID_MISMATCH: { participantId: string; expected: string };
    PARTICIPANT_EXISTS: { participantId: string };
    PARTICIPANT_NOT_FOUND: { participantId: string };
    SIGNER_ROLE_NOT_HELD: { participantId: string; role: string };
    SIGNER_EXISTS: { signerId: string };
    SIGNER_NOT_FOUND: { signerId: string };
    SIGNER_NOT_OWNED: { signerId: string; participantId: string };
    SIGNER_REVOKED: { signerId: string };
    KEY_NOT_CANONICAL: { publicKey: string };
    KEY_SMALL_ORDER: { publicKey: string };
    KEY_NOT_ON_CURVE: { publicKey: string };
    KEY_ALREADY_USED: { publicKey: string };

    // Wallet
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

    // Attestation
    ATTESTATION_FILE_INVALID: { field: string; reason: string };
    ATTESTATION_NETWORK_MISMATCH: { network: string; expected: string };
    ATTESTATION_CHANNEL_MISMATCH: { channel: string; expected: string };
    ATTESTATION_DAY_EXISTS: { day: string };
    ATTESTATION_DAY_NOT_AFTER_LAST: { day: string; lastDay: string };
    ATTESTATION_DAY_NOT_OVER: { day: string; today: string };
    ATTESTATION_SEQUENCE_MISMATCH: { sequence: string; expected: string };
    ATTESTATION_PREVIOUS_MISMATCH: { previous: string; expected: string };
    ATTESTATION_DIGEST_MISMATCH: { digest: string; expected: string };
    ATTESTATION_NUMBER_MISMATCH: { field: string; attested: string; expected: string };
    ATTESTATION_SIGNATURES_INSUFFICIENT: { signaturesOk: number; required: number };
    ATTESTATION_NOT_FOUND: { day: string };

    // Power Credit
    MINT_ATTESTATION_SUPERSEDED: { day: string; lastDay: string };
    MINT_FROZEN: { day: string; coverageRatio: string; coverageRatioMin: string };
    MINT_COVERAGE_TOO_LOW: { coverageRatio: string; coverageRatioMin: string };
    MINT_CAP_EXCEEDED: { day: string; amount: string; available: string };
    MINT_ABOVE_TARGET: { day: string; amount: string; available: string };

    // Governance
    PROPOSAL_EXISTS: { proposalId: string };
    PROPOSAL_NOT_FOUND: { proposalId: string };
    PROPOSAL_PARAMETER_UNKNOWN: { parameter: string };
    PROPOSAL_VALUE_OUT_OF_RANGE: { parameter: string; value: string; reason: string };
    PROPOSAL_NOT_OPEN: { proposalId: string; state: string };
    PROPOSAL_STILL_OPEN: { proposalId: string; deadline: string };
    PROPOSAL_NOT_APPROVED: { proposalId: string; state: string };
    VOTE_ALREADY_CAST: { proposalId: string; participantId: string };
    VOTE_WITHOUT_WEIGHT: { proposalId: string; participantId: string };
}

export type ErrorCode = keyof ErrorDetails;
