// SPDX-License-Identifier: Apache-2.0
import type { ClientDuplexStream } from '@power-currency/engine/process/grpcStream.js';
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

/** A message of the shim's own protobuf classes. */
interface ShimMessage {
    serializeBinary(): Uint8Array;
}

const shimRequire = createRequire(require.resolve('fabric-shim'));
const { peer } = shimRequire('@hyperledger/fabric-protos') as {
    peer: { ChaincodeMessage: { deserializeBinary(bytes: Uint8Array): ShimMessage } };
};

/** The shim's end of a stream, as grpc-js would give it. */
export interface ShimEnd extends EventEmitter {
    write(message: ShimMessage): void;
    end(): void;
}

/** A stream between a peer and its chaincode without a network: bytes on the peer's end, messages on the shim's. */
export function memoryStream(): { readonly shimEnd: ShimEnd; readonly peerEnd: ClientDuplexStream } {
    const queue = new MessageQueue();
    const shimEnd: ShimEnd = Object.assign(new EventEmitter(), {
        write: (message: ShimMessage) => {
            queue.push(Buffer.from(message.serializeBinary()));
        },
        end: () => {
            queue.close();
        },
    });
    const close = (): void => {
        queue.close();
        shimEnd.emit('end');
    };
    return {
        shimEnd,
        peerEnd: {
            send: (bytes) => {
                shimEnd.emit('data', peer.ChaincodeMessage.deserializeBinary(bytes));
                return Promise.resolve();
            },
            [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
            end: close,
            cancel: close,
        },
    };
}

class MessageQueue {
    readonly #waiting: Buffer[] = [];
    #wake: () => void = () => undefined;
    #isClosed = false;

    push(bytes: Buffer): void {
        this.#waiting.push(bytes);
        this.#wake();
    }

    close(): void {
        this.#isClosed = true;
        this.#wake();
    }

    async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
        for (;;) {
            const next = this.#waiting.shift();
            if (next !== undefined) yield next;
            else if (this.#isClosed) return;
            else await new Promise<void>((resolve) => (this.#wake = resolve));
        }
    }
}
