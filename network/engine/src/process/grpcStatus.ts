// SPDX-License-Identifier: Apache-2.0
import { google } from '../wire/protobuf.js';

/** gRPC status codes by name. */
export const GrpcCode = {
    OK: 0,
    CANCELLED: 1,
    UNKNOWN: 2,
    INVALID_ARGUMENT: 3,
    DEADLINE_EXCEEDED: 4,
    NOT_FOUND: 5,
    ALREADY_EXISTS: 6,
    PERMISSION_DENIED: 7,
    RESOURCE_EXHAUSTED: 8,
    FAILED_PRECONDITION: 9,
    ABORTED: 10,
    OUT_OF_RANGE: 11,
    UNIMPLEMENTED: 12,
    INTERNAL: 13,
    UNAVAILABLE: 14,
    DATA_LOSS: 15,
    UNAUTHENTICATED: 16,
} as const;

/** A call that ended with another status than OK, on either side. `details` are those of google.rpc.Status. */
export class GrpcStatus extends Error {
    override readonly name = 'GrpcStatus';
    readonly code: number;
    readonly details: readonly google.protobuf.Any.$Properties[];

    constructor(code: number, message: string, details: readonly google.protobuf.Any.$Properties[] = []) {
        super(message);
        this.code = code;
        this.details = details;
    }
}

/** Trailer that carries the details. */
export const detailsTrailer = 'grpc-status-details-bin';

/** The trailer's bytes for a status with details. */
export function encodeStatusDetails(status: GrpcStatus): Buffer {
    const { code, message, details } = status;
    return Buffer.from(google.rpc.Status.encode({ code, message, details: [...details] }).finish());
}

/** The details in the trailer's bytes; none if they cannot be read, because the status itself still counts. */
export function decodeStatusDetails(bytes: Uint8Array): readonly google.protobuf.Any.$Properties[] {
    try {
        return google.rpc.Status.decode(bytes).details;
    } catch {
        return [];
    }
}

/** As Go prints a code: `OK`, `DeadlineExceeded`. */
export function codeName(code: number): string {
    const name = Object.entries(GrpcCode).find(([, value]) => value === code)?.[0] ?? String(code);
    return name === 'OK'
        ? name
        : name.replaceAll(/([A-Z])([A-Z]*)_?/g, (_, head: string, tail: string) => head + tail.toLowerCase());
}
