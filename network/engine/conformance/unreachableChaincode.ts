// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeConnection } from '../src/chaincode/dialChaincode.js';
import { PairedStream } from '../src/chaincode/testing/pairedStream.js';
import { GrpcCode, GrpcStatus } from '../src/process/grpcStatus.js';

/** The words of the recorded transport in an error that came over gRPC; undefined in any other. */
export function transportText(message: string): string | undefined {
    return /rpc error: code = Unavailable desc = (.*)$/s.exec(message)?.[1];
}

/** A stream to a chaincode that is not there, as the recorder's proxy let the peer have it. */
export function brokenConnection(text: string): ChaincodeConnection {
    const stream = new PairedStream();
    stream.break(new GrpcStatus(GrpcCode.UNAVAILABLE, text));
    return { stream: stream.peer, connected: Promise.resolve(), close: () => undefined };
}
