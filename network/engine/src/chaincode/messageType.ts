// SPDX-License-Identifier: Apache-2.0

/** Types of `protos.ChaincodeMessage`, by number as on the wire. */
export const MessageType = {
    UNDEFINED: 0,
    REGISTER: 1,
    REGISTERED: 2,
    INIT: 3,
    READY: 4,
    TRANSACTION: 5,
    COMPLETED: 6,
    ERROR: 7,
    GET_STATE: 8,
    PUT_STATE: 9,
    DEL_STATE: 10,
    INVOKE_CHAINCODE: 11,
    RESPONSE: 13,
    GET_STATE_BY_RANGE: 14,
    GET_QUERY_RESULT: 15,
    QUERY_STATE_NEXT: 16,
    QUERY_STATE_CLOSE: 17,
    KEEPALIVE: 18,
    GET_HISTORY_FOR_KEY: 19,
    GET_STATE_METADATA: 20,
    PUT_STATE_METADATA: 21,
    GET_PRIVATE_DATA_HASH: 22,
    PURGE_PRIVATE_DATA: 23,
    WRITE_BATCH_STATE: 24,
    GET_STATE_MULTIPLE: 25,
} as const;

const names = new Map<number, string>(Object.entries(MessageType).map(([name, number]) => [number, name]));

/** The name of a message type as Fabric prints it; an unknown number prints as itself. */
export function messageTypeName(type: number): string {
    return names.get(type) ?? String(type);
}
