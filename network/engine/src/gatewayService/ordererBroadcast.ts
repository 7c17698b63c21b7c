// SPDX-License-Identifier: Apache-2.0
import type { GrpcChannel } from '../process/grpcClient.js';
import type { ClientDuplexStream } from '../process/grpcStream.js';
import { GrpcCode, GrpcStatus } from '../process/grpcStatus.js';
import { Status } from '../wire/codes.js';
import { decode } from '../wire/decode.js';
import { orderer } from '../wire/protobuf.js';

const broadcastPath = '/orderer.AtomicBroadcast/Broadcast';

/** As much of a connection as submitting takes. */
type Connection = Pick<GrpcChannel, 'duplex' | 'close'>;

interface Submission {
    readonly envelope: Buffer;
    readonly answer: PromiseWithResolvers<orderer.BroadcastResponse>;
    isGivenUp: boolean;
}

interface OpenStream {
    readonly stream: ClientDuplexStream;
    /** Sent and not answered, in the order of sending. */
    readonly waiting: Submission[];
}

/**
 * One orderer to submit to. Envelopes share a stream and its answers come in the order of the envelopes. A refusal ends
 * the stream on the orderer's side: it has not looked at what was sent after the refused envelope, which goes on
 * another stream (orderer/common/broadcast/broadcast.go). A stream that fails takes all that wait on it along.
 */
export class OrdererBroadcast {
    readonly address: string;
    readonly mspId: string;
    readonly #connect: () => Connection;
    #channel: Connection | undefined;
    #open: OpenStream | undefined;

    constructor(node: { address: string; mspId: string; connect: () => Connection }) {
        this.address = node.address;
        this.mspId = node.mspId;
        this.#connect = node.connect;
    }

    /** The orderer's answer. Throws GrpcStatus when it cannot be reached or does not answer in time. */
    async submit(envelope: Buffer, timeoutMs: number): Promise<orderer.BroadcastResponse> {
        const submission: Submission = { envelope, answer: Promise.withResolvers(), isGivenUp: false };
        const timer = setTimeout(() => {
            // Its place in the queue stays, so that the answers after it still find their envelopes.
            submission.isGivenUp = true;
            submission.answer.reject(new GrpcStatus(GrpcCode.DEADLINE_EXCEEDED, 'context deadline exceeded'));
        }, timeoutMs);
        try {
            this.#send(submission);
            return await submission.answer.promise;
        } finally {
            clearTimeout(timer);
        }
    }

    close(): void {
        this.#open?.stream.cancel();
        this.#channel?.close();
        this.#channel = undefined;
    }

    #send(submission: Submission): void {
        const { stream, waiting } = this.#stream();
        waiting.push(submission);
        // If sending fails, the reader of the stream hears of it too and fails the answer.
        void stream.send(submission.envelope).catch(() => undefined);
    }

    #stream(): OpenStream {
        if (this.#open === undefined) {
            this.#channel ??= this.#connect();
            this.#open = { stream: this.#channel.duplex(broadcastPath), waiting: [] };
            void this.#receive(this.#open);
        }
        return this.#open;
    }

    async #receive(open: OpenStream): Promise<void> {
        let failure: unknown = new GrpcStatus(GrpcCode.UNAVAILABLE, 'EOF');
        try {
            for await (const bytes of open.stream) {
                const response = decode(orderer.BroadcastResponse, bytes, 'BroadcastResponse');
                open.waiting.shift()?.answer.resolve(response);
                if (response.status !== Status.SUCCESS) {
                    this.#leave(open);
                    return;
                }
            }
        } catch (error) {
            failure = error;
            open.stream.cancel();
        }
        if (this.#open === open) {
            // A new connection dials at once, where this one would first wait: the orderer may be back already.
            this.#open = undefined;
            this.#channel?.close();
            this.#channel = undefined;
        }
        for (const { answer } of open.waiting.splice(0)) answer.reject(failure);
    }

    /** What waits on a stream that a refusal has ended goes on the next one. */
    #leave(open: OpenStream): void {
        if (this.#open === open) this.#open = undefined;
        open.stream.cancel();
        for (const submission of open.waiting.splice(0)) {
            if (!submission.isGivenUp) this.#send(submission);
        }
    }
}
