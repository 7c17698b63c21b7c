// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../wire/errorText.js';
import { GrpcCode, GrpcStatus } from './grpcStatus.js';

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
