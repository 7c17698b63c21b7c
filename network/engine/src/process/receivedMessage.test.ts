// SPDX-License-Identifier: Apache-2.0
import { common } from '../wire/protobuf.js';
import { GrpcCode } from './grpcStatus.js';
import { receivedMessage, receivedRequest } from './receivedMessage.js';

const notProtobuf = Buffer.of(0x0a, 0x7f);

test.each([
    ['a request', receivedRequest, 'grpc: error unmarshalling request: proto: cannot parse invalid wire-format data'],
    [
        'a message of a stream',
        receivedMessage,
        'grpc: failed to unmarshal the received message: proto: cannot parse invalid wire-format data',
    ],
])('%s that does not parse ends the call as grpc-go ends it', (_, read, message) => {
    expect(() => read(common.Envelope, notProtobuf)).toThrow(
        expect.objectContaining({ code: GrpcCode.INTERNAL, message }) as Error,
    );
});
