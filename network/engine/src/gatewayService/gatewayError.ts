// SPDX-License-Identifier: Apache-2.0
import { GrpcStatus } from '../process/grpcStatus.js';
import { encode } from '../wire/decode.js';
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
