// SPDX-License-Identifier: Apache-2.0
import { GrpcStatus } from '../../process/grpcStatus.js';
import { errorText } from '../../wire/errorText.js';

const codeNames = [
    'OK',
    'Canceled',
    'Unknown',
    'InvalidArgument',
    'DeadlineExceeded',
    'NotFound',
    'AlreadyExists',
    'PermissionDenied',
    'ResourceExhausted',
    'FailedPrecondition',
    'Aborted',
    'OutOfRange',
    'Unimplemented',
    'Internal',
    'Unavailable',
    'DataLoss',
    'Unauthenticated',
];

/** An error's text; of a failed call as Go's gRPC prints it. */
export function grpcErrorText(error: unknown): string {
    if (error instanceof GrpcStatus) {
        const code = codeNames[error.code] ?? `Code(${String(error.code)})`;
        return `rpc error: code = ${code} desc = ${error.message}`;
    }
    return errorText(error);
}
