// SPDX-License-Identifier: Apache-2.0
import { GrpcCode, GrpcStatus } from '../process/grpcStatus.js';
import { encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { gateway, type google } from '../wire/protobuf.js';

/** One node that failed, as the client sees it in the status details. */
export interface FailedNode {
    readonly address: string;
    readonly mspId: string;
    readonly message: string;
}

/** A status of the gateway; each failed node becomes a gateway.ErrorDetail. */
export function gatewayError(code: number, message: string, failed: readonly FailedNode[] = []): GrpcStatus {
    return new GrpcStatus(code, message, failed.map(errorDetail));
}

function errorDetail({ address, mspId, message }: FailedNode): google.protobuf.Any.$Properties {
    return {
        typeUrl: 'type.googleapis.com/gateway.ErrorDetail',
        value: encode(gateway.ErrorDetail, {
            ...(address !== '' && { address }),
            ...(mspId !== '' && { mspId }),
            ...(message !== '' && { message }),
        }),
    };
}

const goCodeNames: Readonly<Record<keyof typeof GrpcCode, string>> = {
    OK: 'OK',
    CANCELLED: 'Canceled',
    UNKNOWN: 'Unknown',
    INVALID_ARGUMENT: 'InvalidArgument',
    DEADLINE_EXCEEDED: 'DeadlineExceeded',
    NOT_FOUND: 'NotFound',
    ALREADY_EXISTS: 'AlreadyExists',
    PERMISSION_DENIED: 'PermissionDenied',
    RESOURCE_EXHAUSTED: 'ResourceExhausted',
    FAILED_PRECONDITION: 'FailedPrecondition',
    ABORTED: 'Aborted',
    OUT_OF_RANGE: 'OutOfRange',
    UNIMPLEMENTED: 'Unimplemented',
    INTERNAL: 'Internal',
    UNAVAILABLE: 'Unavailable',
    DATA_LOSS: 'DataLoss',
    UNAUTHENTICATED: 'Unauthenticated',
};
const goNames = new Map(
    Object.entries(goCodeNames).map(([name, go]) => [GrpcCode[name as keyof typeof GrpcCode] as number, go]),
);

/** How Go prints an error that came over gRPC; other errors print as themselves. */
export function goErrorText(error: unknown): string {
    if (error instanceof GrpcStatus) {
        return `rpc error: code = ${goNames.get(error.code) ?? `Code(${String(error.code)})`} desc = ${error.message}`;
    }
    return errorText(error);
}
