// SPDX-License-Identifier: Apache-2.0
import { GrpcCode, GrpcStatus } from '../process/grpcStatus.js';
import { decode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';

/** An envelope as a client sent it. Throws the status with which grpc-go refuses bytes that are none. */
export function receivedEnvelope(bytes: Buffer): common.Envelope {
    try {
        return decode(common.Envelope, bytes, 'Envelope');
    } catch (error) {
        throw new GrpcStatus(GrpcCode.INTERNAL, `grpc: failed to unmarshal the received message: ${String(error)}`);
    }
}
