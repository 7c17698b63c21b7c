// SPDX-License-Identifier: Apache-2.0
import { decode, type Decodable } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { GrpcCode, GrpcStatus } from './grpcStatus.js';

/** A request as a client sent it. Throws the status with which grpc-go refuses bytes that are none. */
export function receivedMessage<T>(type: Decodable<T>, bytes: Buffer, what: string): T {
    try {
        return decode(type, bytes, what);
    } catch (error) {
        const reason = errorText(error);
        throw new GrpcStatus(GrpcCode.INTERNAL, `grpc: failed to unmarshal the received message: ${reason}`);
    }
}
