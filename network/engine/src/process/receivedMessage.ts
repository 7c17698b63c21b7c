// SPDX-License-Identifier: Apache-2.0
import { decode, type Decodable } from '../wire/decode.js';
import { GrpcCode, GrpcStatus } from './grpcStatus.js';

/** The request of a unary call. Throws the status with which grpc-go refuses bytes that are none. */
export const receivedRequest = <T>(type: Decodable<T>, bytes: Buffer): T =>
    received(type, bytes, 'grpc: error unmarshalling request');

/** A message of a stream. Throws the status with which grpc-go refuses bytes that are none. */
export const receivedMessage = <T>(type: Decodable<T>, bytes: Buffer): T =>
    received(type, bytes, 'grpc: failed to unmarshal the received message');

function received<T>(type: Decodable<T>, bytes: Buffer, context: string): T {
    try {
        return decode(type, bytes, '');
    } catch {
        // Go's protobuf library says no more of any malformed message.
        throw new GrpcStatus(GrpcCode.INTERNAL, `${context}: proto: cannot parse invalid wire-format data`);
    }
}
