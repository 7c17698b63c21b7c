// SPDX-License-Identifier: Apache-2.0

/** common.HeaderType: what the data of a payload is. */
export const HeaderType = {
    MESSAGE: 0,
    CONFIG: 1,
    CONFIG_UPDATE: 2,
    ENDORSER_TRANSACTION: 3,
    ORDERER_TRANSACTION: 4,
    DELIVER_SEEK_INFO: 5,
    CHAINCODE_PACKAGE: 6,
} as const;

/** common.Status: the answers of Broadcast and Deliver. */
export const Status = {
    UNKNOWN: 0,
    SUCCESS: 200,
    BAD_REQUEST: 400,
    FORBIDDEN: 403,
    NOT_FOUND: 404,
    REQUEST_ENTITY_TOO_LARGE: 413,
    INTERNAL_SERVER_ERROR: 500,
    NOT_IMPLEMENTED: 501,
    SERVICE_UNAVAILABLE: 503,
} as const;
export type Status = (typeof Status)[keyof typeof Status];

/** common.BlockMetadataIndex: the five entries of a block's metadata. */
export const BlockMetadataIndex = {
    SIGNATURES: 0,
    LAST_CONFIG: 1,
    TRANSACTIONS_FILTER: 2,
    ORDERER: 3,
    COMMIT_HASH: 4,
} as const;
export const blockMetadataEntries = 5;

/** protos.TxValidationCode: one byte per transaction in a committed block. */
export const TxValidationCode = {
    VALID: 0,
    NIL_ENVELOPE: 1,
    BAD_PAYLOAD: 2,
    BAD_COMMON_HEADER: 3,
    BAD_CREATOR_SIGNATURE: 4,
    INVALID_ENDORSER_TRANSACTION: 5,
    INVALID_CONFIG_TRANSACTION: 6,
    UNSUPPORTED_TX_PAYLOAD: 7,
    BAD_PROPOSAL_TXID: 8,
    DUPLICATE_TXID: 9,
    ENDORSEMENT_POLICY_FAILURE: 10,
    MVCC_READ_CONFLICT: 11,
    PHANTOM_READ_CONFLICT: 12,
    UNKNOWN_TX_TYPE: 13,
    TARGET_CHAIN_NOT_FOUND: 14,
    MARSHAL_TX_ERROR: 15,
    NIL_TXACTION: 16,
    EXPIRED_CHAINCODE: 17,
    CHAINCODE_VERSION_CONFLICT: 18,
    BAD_HEADER_EXTENSION: 19,
    BAD_CHANNEL_HEADER: 20,
    BAD_RESPONSE_PAYLOAD: 21,
    BAD_RWSET: 22,
    ILLEGAL_WRITESET: 23,
    INVALID_WRITESET: 24,
    INVALID_CHAINCODE: 25,
    NOT_VALIDATED: 254,
    INVALID_OTHER_REASON: 255,
} as const;
export type TxValidationCode = (typeof TxValidationCode)[keyof typeof TxValidationCode];

const statusNames: ReadonlyMap<number, string> = new Map(Object.entries(Status).map(([name, code]) => [code, name]));

/** The name of a status of the ordering service; one without name is its number, as Go prints it. */
export function statusName(status: number): string {
    return statusNames.get(status) ?? String(status);
}

const validationCodeNames: ReadonlyMap<number, string> = new Map(
    Object.entries(TxValidationCode).map(([name, code]) => [code, name]),
);

/** The name of a validation code; a code without name is its number, as Go prints it. */
export function validationCodeName(code: number): string {
    return validationCodeNames.get(code) ?? String(code);
}
