// SPDX-License-Identifier: Apache-2.0
import type { DuplexStream, OutgoingStream } from './grpcStream.js';

/** Who calls, and for how long they will wait. */
export interface CallContext {
    readonly peerAddress: string;
    /** DER of the certificate the client showed; only with mutual TLS. */
    readonly clientCertificate: Buffer | undefined;
    /** Aborted when the client cancels, its deadline passes, or the connection breaks. */
    readonly signal: AbortSignal;
    readonly deadline: Date | undefined;
}

export interface UnaryMethod {
    readonly kind: 'unary';
    handle(request: Buffer, call: CallContext): Promise<Buffer>;
}
export interface ServerStreamMethod {
    readonly kind: 'serverStream';
    handle(request: Buffer, stream: OutgoingStream, call: CallContext): Promise<void>;
}
/**
 * The call ends when `handle` settles, never because the client closed its half: Go clients do that right after their
 * seek and go on reading.
 */
export interface DuplexMethod {
    readonly kind: 'duplex';
    handle(stream: DuplexStream, call: CallContext): Promise<void>;
}
/** Methods by path, `/protos.Endorser/ProcessProposal`. A handler throws GrpcStatus for any status but OK. */
export type ServiceTable = Readonly<Record<string, UnaryMethod | ServerStreamMethod | DuplexMethod>>;
