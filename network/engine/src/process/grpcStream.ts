// SPDX-License-Identifier: Apache-2.0
import { GrpcCode, GrpcStatus } from './grpcStatus.js';

/** The sending half of a stream. */
export interface OutgoingStream {
    /** Resolves when there is room for another message. Throws GrpcStatus when the call is over. */
    send(message: Buffer): Promise<void>;
}

/** Both halves. Iteration ends when the other side closes its half; it throws GrpcStatus if the call fails. */
export interface DuplexStream extends OutgoingStream, AsyncIterable<Buffer> {}

/** The client's end of a duplex call. */
export interface ClientDuplexStream extends DuplexStream {
    /** Closes the sending half; the server may go on answering. */
    end(): void;
    /** Gives the call up: iteration ends without an error. */
    cancel(): void;
}

/** Messages of a server-streaming call. */
export interface IncomingStream extends AsyncIterable<Buffer> {
    cancel(): void;
}

/** What grpc-js gives for the sending half of a call, either side. */
interface Writer {
    write(message: Buffer): boolean;
    on(event: 'drain', listener: () => void): unknown;
}

interface Room {
    readonly promise: Promise<void>;
    resolve(): void;
    reject(reason: GrpcStatus): void;
}

function newRoom(): Room {
    let resolve!: () => void;
    let reject!: (reason: GrpcStatus) => void;
    const promise = new Promise<void>((onResolve, onReject) => {
        resolve = onResolve;
        reject = onReject;
    });
    return { promise, resolve, reject };
}

/** Turns `write` and one `drain` listener into `send`, however many wait at once. */
export class Outgoing implements OutgoingStream {
    readonly #writer: Writer;
    #waiting: Room | undefined;
    #ended: GrpcStatus | undefined;

    constructor(writer: Writer) {
        this.#writer = writer;
        writer.on('drain', () => {
            this.#waiting?.resolve();
            this.#waiting = undefined;
        });
    }

    send(message: Buffer): Promise<void> {
        if (this.#ended !== undefined) {
            return Promise.reject(this.#ended);
        }
        if (this.#writer.write(message)) {
            return Promise.resolve();
        }
        this.#waiting ??= newRoom();
        return this.#waiting.promise;
    }

    /** The call is over: later sends, and those that wait for room, fail. */
    close(reason: GrpcStatus = new GrpcStatus(GrpcCode.CANCELLED, 'the call is over')): void {
        this.#ended ??= reason;
        // Nobody may be waiting for the promise that fails.
        this.#waiting?.promise.catch(() => undefined);
        this.#waiting?.reject(this.#ended);
        this.#waiting = undefined;
    }
}

/** What grpc-js gives for the receiving half of a call, either side. */
interface Reader {
    pause(): unknown;
    resume(): unknown;
}

/** How many messages are kept before the other side is made to wait. */
const capacity = 32;

/**
 * Received messages in order, for one reader. Node's own stream iterator costs several promises per message; this one
 * hands over what has arrived and waits only when nothing has.
 */
export class Incoming implements AsyncIterable<Buffer> {
    readonly #reader: Reader;
    readonly #messages: Buffer[] = [];
    #wake: (() => void) | undefined;
    #ended = false;
    #failure: GrpcStatus | undefined;

    constructor(reader: Reader) {
        this.#reader = reader;
    }

    push(message: Buffer): void {
        this.#messages.push(message);
        if (this.#messages.length >= capacity) {
            this.#reader.pause();
        }
        this.#notify();
    }

    /** No message follows; with a failure, the reader gets it after the messages that arrived before. */
    close(failure?: GrpcStatus): void {
        if (!this.#ended) {
            this.#ended = true;
            this.#failure = failure;
            this.#notify();
        }
    }

    async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
        for (;;) {
            const message = this.#messages.shift();
            if (message !== undefined) {
                if (this.#messages.length === 0) {
                    this.#reader.resume();
                }
                yield message;
            } else if (!this.#ended) {
                await new Promise<void>((resolve) => {
                    this.#wake = resolve;
                });
            } else if (this.#failure !== undefined) {
                throw this.#failure;
            } else {
                return;
            }
        }
    }

    #notify(): void {
        this.#wake?.();
        this.#wake = undefined;
    }
}
