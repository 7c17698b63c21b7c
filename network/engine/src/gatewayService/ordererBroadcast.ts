// SPDX-License-Identifier: Apache-2.0
import type { GrpcChannel } from '../process/grpcClient.js';
import type { ClientDuplexStream } from '../process/grpcStream.js';
import { GrpcCode, GrpcStatus } from '../process/grpcStatus.js';
import { decode } from '../wire/decode.js';
import { orderer } from '../wire/protobuf.js';

const broadcastPath = '/orderer.AtomicBroadcast/Broadcast';
type Waiting = PromiseWithResolvers<orderer.BroadcastResponse>;

/**
 * One orderer to submit to. Envelopes share a stream and its answers come in the order of the envelopes; a stream that
 * fails takes all that wait on it along, and the next envelope opens another.
 */
export class OrdererBroadcast {
    readonly address: string;
    readonly mspId: string;
    readonly #connect: () => GrpcChannel;
    #channel: GrpcChannel | undefined;
    #open: { readonly stream: ClientDuplexStream; readonly waiting: Waiting[] } | undefined;

    constructor(node: { address: string; mspId: string; connect: () => GrpcChannel }) {
        this.address = node.address;
        this.mspId = node.mspId;
        this.#connect = node.connect;
    }

    /** The orderer's answer. Throws GrpcStatus when it cannot be reached or does not answer in time. */
    async submit(envelope: Buffer, timeoutMs: number): Promise<orderer.BroadcastResponse> {
        const { stream, waiting } = this.#stream();
        const answer: Waiting = Promise.withResolvers();
        waiting.push(answer);
        const timer = setTimeout(() => {
            // Its place in the queue stays, so that the answers after it still find their envelopes.
            answer.reject(new GrpcStatus(GrpcCode.DEADLINE_EXCEEDED, 'context deadline exceeded'));
        }, timeoutMs);
        try {
            // If sending fails, the reader of the stream hears of it too and fails the answer.
            void stream.send(envelope).catch(() => undefined);
            return await answer.promise;
        } finally {
            clearTimeout(timer);
        }
    }

    close(): void {
        this.#open?.stream.cancel();
        this.#channel?.close();
        this.#channel = undefined;
    }

    #stream(): { readonly stream: ClientDuplexStream; readonly waiting: Waiting[] } {
        if (this.#open === undefined) {
            this.#channel ??= this.#connect();
            this.#open = { stream: this.#channel.duplex(broadcastPath), waiting: [] };
            void this.#receive(this.#open);
        }
        return this.#open;
    }

    async #receive(open: { readonly stream: ClientDuplexStream; readonly waiting: Waiting[] }): Promise<void> {
        let failure: unknown = new GrpcStatus(GrpcCode.UNAVAILABLE, 'EOF');
        try {
            for await (const bytes of open.stream) {
                open.waiting.shift()?.resolve(decode(orderer.BroadcastResponse, bytes, 'BroadcastResponse'));
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
        for (const { reject } of open.waiting.splice(0)) reject(failure);
    }
}
