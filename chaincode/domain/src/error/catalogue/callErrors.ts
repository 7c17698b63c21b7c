// SPDX-License-Identifier: Apache-2.0

/** Refusals of the call itself: arguments, caller, request, and what only a defect brings up. */
export interface CallErrors {
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
}

export const callErrors: Readonly<Record<keyof CallErrors, string>> = {
    INVALID_ARGUMENT:
        'A field of the request is missing, unknown or malformed. Correct the field named in the details.',
    ARGUMENT_TOO_LARGE: 'The request is larger than the ledger accepts. Send less at once.',
    TRANSACTION_UNKNOWN: 'The chaincode has no such transaction. Look at the list of transactions.',
    CALLER_IDENTITY_INVALID: 'The submitting certificate cannot be read as a member identity. Enrol it again.',
    CALLER_NOT_AUTHORISED: 'The caller holds none of the roles this transaction asks for. Use an identity that does.',
    CLOCK_SKEW: "The transaction's time is too far from the endorsing peer's clock. Set the client's clock.",
    REQUEST_CONFLICT: 'This request id was used before for a different command. Choose a new id.',
    STATE_CORRUPT: 'A record on the ledger cannot be read. Stop and call the operators.',
    CONSERVATION_VIOLATED: 'The transaction would have created or destroyed money. Report it: this is a defect.',
    QUERY_TOO_LARGE: 'The answer would be larger than one query may read. Use the paginated query.',
};
