// SPDX-License-Identifier: Apache-2.0
import type { ClientDuplexStream } from '../process/grpcStream.js';
import { goErrorText } from '../process/goErrorText.js';
import { GrpcStatus } from '../process/grpcStatus.js';
import { logger } from '../process/logging.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { protos } from '../wire/protobuf.js';
import { ChaincodeError } from './chaincodeError.js';
import { MessageType, messageTypeName } from './messageType.js';
import { requestHandlers, type RequestContext, type RequestHandler } from './stateRequests.js';
import { contextKey, TransactionContext } from './transactionContext.js';

const log = logger('chaincode');

/** What the peer offers to a shim that can batch (core.yaml chaincode.runtimeParams). */
export type AdditionalParameters = protos.ChaincodeAdditionalParams.$Properties;

/** One invocation as it travels to the chaincode. */
interface StreamInvocation {
    readonly type: typeof MessageType.INIT | typeof MessageType.TRANSACTION;
    readonly channelId: string;
    readonly txId: string;
    /** ChaincodeInput bytes. */
    readonly payload: Buffer;
    /** As the client sent it: the shim reads creator, timestamp and transient data from it. */
    readonly signedProposal: protos.SignedProposal.$Properties;
    readonly request: Omit<RequestContext, 'queries'>;
    readonly timeoutMs: number;
}

/**
 * The peer's side of one stream to one chaincode process (core/chaincode/handler.go). Any number of transactions share
 * it. The stream never sends KEEPALIVE: fabric-shim 2.5.8 exits when it receives one.
 */
export class ChaincodeStream {
    /** Resolves when the chaincode has registered; rejects if the stream ends first. */
    readonly registered: Promise<void>;
    /** Resolves when the stream is over, for whatever reason. */
    readonly ended: Promise<void>;
    readonly #packageId: string;
    readonly #stream: ClientDuplexStream;
    readonly #offer: AdditionalParameters;
    readonly #contexts = new Map<string, TransactionContext>();
    readonly #registration: PromiseWithResolvers<void> = Promise.withResolvers();
    #state: 'created' | 'ready' | 'ended' = 'created';

    constructor(packageId: string, stream: ClientDuplexStream, offer: AdditionalParameters) {
        this.#packageId = packageId;
        this.#stream = stream;
        this.#offer = offer;
        this.registered = this.#registration.promise;
        this.registered.catch(() => undefined);
        this.ended = this.#receive();
    }

    get ready(): boolean {
        return this.#state === 'ready';
    }

    /** The chaincode's final message, COMPLETED or ERROR. Throws ChaincodeError (`timeout`, `stream`, `failed`). */
    async execute(invocation: StreamInvocation): Promise<protos.ChaincodeMessage> {
        const { channelId, txId, type, payload, signedProposal } = invocation;
        const key = contextKey(channelId, txId);
        if (this.#contexts.has(key)) throw new ChaincodeError('failed', `txid: ${txId}(${channelId}) exists`);
        if (!this.ready) throw terminated();
        const context = new TransactionContext(invocation.request);
        this.#contexts.set(key, context);
        const timer = setTimeout(() => {
            context.fail(new ChaincodeError('timeout', 'timeout expired while executing transaction'));
        }, invocation.timeoutMs);
        try {
            this.#send({ type, payload, txid: txId, channelId, proposal: signedProposal });
            return await context.outcome;
        } finally {
            clearTimeout(timer);
            this.#contexts.delete(key);
        }
    }

    /** Gives the stream up: what runs on it fails. */
    close(): void {
        this.#stream.cancel();
        this.#end(new Error('EOF'));
    }

    async #receive(): Promise<void> {
        // How core/chaincode/handler.go says that a stream is over.
        let reason = 'EOF';
        let cause: unknown;
        try {
            for await (const bytes of this.#stream) this.#handleBytes(bytes);
        } catch (error) {
            const context =
                error instanceof GrpcStatus
                    ? 'receive from chaincode support stream failed'
                    : 'error handling message, ending stream';
            reason = `${context}: ${goErrorText(error)}`;
            cause = error;
            this.#stream.cancel();
        }
        this.#end(new Error(reason, { cause }));
    }

    #handleBytes(bytes: Buffer): void {
        this.#handle(decode(protos.ChaincodeMessage, bytes, 'ChaincodeMessage'));
    }

    #end(reason: Error): void {
        if (this.#state === 'ended') return;
        log.warning(`chaincode stream of ${this.#packageId} ended: ${reason.message}`);
        this.#state = 'ended';
        this.#registration.reject(reason);
        for (const context of this.#contexts.values()) context.fail(terminated());
    }

    #handle(message: protos.ChaincodeMessage): void {
        if (message.type === MessageType.KEEPALIVE || this.#state === 'ended') return;
        if (this.#state === 'created') {
            this.#register(message);
            return;
        }
        if (message.type === MessageType.COMPLETED || message.type === MessageType.ERROR) {
            // A transaction that timed out is forgotten; its late answer is of no use to anybody.
            this.#contexts.get(contextKey(message.channelId, message.txid))?.complete(message);
            return;
        }
        const handler = requestHandlers.get(message.type);
        if (handler === undefined) throw this.#unexpected(message);
        this.#answer(message, handler);
    }

    #register(message: protos.ChaincodeMessage): void {
        if (message.type !== MessageType.REGISTER) throw this.#unexpected(message);
        const name = nameIn(message);
        if (name !== this.#packageId) {
            // The peer goes on waiting for the chaincode that it has dialled, and says nothing.
            log.error(`chaincode registered as ${name} where ${this.#packageId} was expected`);
            return;
        }
        this.#send({ type: MessageType.REGISTERED });
        this.#send({
            type: MessageType.READY,
            payload: encode(protos.ChaincodeAdditionalParams, this.#offer),
        });
        this.#state = 'ready';
        this.#registration.resolve();
    }

    #answer(message: protos.ChaincodeMessage, handler: RequestHandler): void {
        const context = this.#contexts.get(contextKey(message.channelId, message.txid));
        if (context === undefined) {
            this.#refuse(message, new Error('no ledger context'));
            return;
        }
        context.enqueue(() => {
            const answered = context.request.calls?.begin(message.type, asBuffer(message.payload));
            try {
                const payload = handler(context.request, asBuffer(message.payload));
                if (payload instanceof Promise) return this.#answerLater(context, message, payload, answered);
                answered?.();
                this.#respond(message, payload);
            } catch (error) {
                answered?.(errorText(error));
                this.#refuse(message, error);
            }
            return undefined;
        });
    }

    async #answerLater(
        context: TransactionContext,
        message: protos.ChaincodeMessage,
        pending: Promise<Buffer>,
        answered: ((error?: string) => void) | undefined,
    ): Promise<void> {
        try {
            const payload = await pending;
            answered?.();
            if (!context.over) this.#respond(message, payload);
        } catch (error) {
            answered?.(errorText(error));
            if (!context.over) this.#refuse(message, error);
        }
    }

    #respond({ txid, channelId }: protos.ChaincodeMessage, payload: Buffer): void {
        this.#send({ type: MessageType.RESPONSE, payload, txid, channelId });
    }

    #refuse({ type, txid, channelId }: protos.ChaincodeMessage, error: unknown): void {
        const cause = errorText(error);
        const text = `${messageTypeName(type)} failed: transaction ID: ${txid}: ${cause}`;
        this.#send({ type: MessageType.ERROR, payload: Buffer.from(text), txid, channelId });
    }

    #send(message: protos.ChaincodeMessage.$Properties): void {
        // A stream that breaks tells its reader too, which fails everything that runs on it.
        void this.#stream.send(encode(protos.ChaincodeMessage, message)).catch(() => undefined);
    }

    #unexpected({ txid, type }: protos.ChaincodeMessage): Error {
        return new Error(
            `[${txid}] Fabric side handler cannot handle message (${messageTypeName(type)}) while in ${this.#state} state`,
        );
    }
}

/** '' when there is none to read. */
function nameIn({ payload }: protos.ChaincodeMessage): string {
    try {
        return decode(protos.ChaincodeID, asBuffer(payload), 'ChaincodeID').name;
    } catch {
        return '';
    }
}

function terminated(): ChaincodeError {
    return new ChaincodeError('stream', 'chaincode stream terminated');
}
