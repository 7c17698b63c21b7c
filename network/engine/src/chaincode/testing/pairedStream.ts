// SPDX-License-Identifier: Apache-2.0
import { GrpcCode, GrpcStatus } from '../../process/grpcStatus.js';
import { Incoming, type ClientDuplexStream } from '../../process/grpcStream.js';

/** A stream without a network: tests play the chaincode, and see what the peer sent. */
export class PairedStream {
    readonly sent: Buffer[] = [];
    readonly peer: ClientDuplexStream;
    readonly #incoming = new Incoming({ pause: () => undefined, resume: () => undefined });
    #listener: (message: Buffer) => void = () => undefined;

    constructor() {
        this.peer = {
            send: (message) => {
                this.sent.push(message);
                this.#listener(message);
                return Promise.resolve();
            },
            end: () => undefined,
            cancel: () => {
                this.#incoming.close();
            },
            [Symbol.asyncIterator]: () => this.#incoming[Symbol.asyncIterator](),
        };
    }

    /** Calls back for everything the peer sends from now on. */
    onSent(listener: (message: Buffer) => void): void {
        this.#listener = listener;
    }

    fromChaincode(message: Buffer): void {
        this.#incoming.push(message);
    }

    /** The connection breaks. */
    break(status = new GrpcStatus(GrpcCode.UNAVAILABLE, 'Connection dropped')): void {
        this.#incoming.close(status);
    }

    /** The connection is never made. */
    refuse(): void {
        this.#incoming.close(
            new GrpcStatus(
                GrpcCode.UNAVAILABLE,
                'No connection established. Last error: connect ECONNREFUSED 127.0.0.1:1.',
            ),
        );
    }
}
