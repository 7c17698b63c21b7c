// SPDX-License-Identifier: Apache-2.0
import {
    Client,
    credentials,
    Metadata,
    type CallOptions,
    type ChannelCredentials,
    type ClientDuplexStream as RawDuplex,
    type ClientReadableStream as RawReadable,
    type ServiceError,
} from '@grpc/grpc-js';
import { setTimeout as pause } from 'node:timers/promises';
import { DelayedArrivals, isLinkDropped, linkDelayMs, onLinkDropped } from './faults/faultyLink.js';
import { decodeStatusDetails, detailsTrailer, GrpcCode, GrpcStatus } from './grpcStatus.js';
import { maxMessageBytes } from '../wire/limits.js';
import { Incoming, Outgoing, type ClientDuplexStream, type IncomingStream } from './grpcStream.js';
import { joinPem, type ClientTls } from './tls.js';

export interface GrpcChannelOptions {
    /** `host:port` */
    readonly address: string;
    readonly tls?: ClientTls | undefined;
    /** Limit of one message in each direction; 100 MB, Fabric's own, unless told otherwise. */
    readonly maxMessageBytes?: number;
    readonly keepalive?: { readonly intervalMs: number; readonly timeoutMs: number };
}

interface UnaryOptions {
    readonly deadlineMs?: number;
    readonly signal?: AbortSignal;
}

const asIs = (bytes: Buffer): Buffer => bytes;

/** A connection to one server, made when first used and again after it broke. Failed calls throw GrpcStatus. */
export class GrpcChannel {
    readonly address: string;
    readonly #client: Client;
    readonly #closing = new AbortController();

    constructor(options: GrpcChannelOptions) {
        const limit = options.maxMessageBytes ?? maxMessageBytes;
        const serverName = options.tls?.serverName;
        this.address = options.address;
        this.#client = new Client(options.address, channelCredentials(options.tls), {
            'grpc.max_receive_message_length': limit,
            'grpc.max_send_message_length': limit,
            'grpc.keepalive_time_ms': options.keepalive?.intervalMs ?? 60_000,
            'grpc.keepalive_timeout_ms': options.keepalive?.timeoutMs ?? 20_000,
            // A restarted node must be found within a second; grpc's own back-off grows to two minutes.
            'grpc.initial_reconnect_backoff_ms': 100,
            'grpc.min_reconnect_backoff_ms': 100,
            'grpc.max_reconnect_backoff_ms': 1_000,
            // Service configuration in DNS TXT records is not ours, and asking for it slows the first call.
            'grpc.service_config_disable_resolution': 1,
            'grpc.use_local_subchannel_pool': 1,
            ...(serverName !== undefined && {
                'grpc.ssl_target_name_override': serverName,
                'grpc.default_authority': serverName,
            }),
        });
    }

    /** One request, one response. */
    async unary(path: string, request: Buffer, options: UnaryOptions = {}): Promise<Buffer> {
        const left = await this.#crossLink(options);
        return this.#unary(path, request, left);
    }

    #unary(path: string, request: Buffer, options: UnaryOptions): Promise<Buffer> {
        return new Promise((resolve, reject) => {
            const call = this.#client.makeUnaryRequest(
                path,
                asIs,
                asIs,
                request,
                new Metadata(),
                callOptions(options),
                (error, response) => {
                    options.signal?.removeEventListener('abort', cancel);
                    if (error !== null) {
                        reject(statusOf(error));
                    } else if (response === undefined) {
                        reject(new GrpcStatus(GrpcCode.INTERNAL, 'the response is missing'));
                    } else {
                        resolve(response);
                    }
                },
            );
            const cancel = (): void => {
                call.cancel();
            };
            options.signal?.addEventListener('abort', cancel, { once: true });
        });
    }

    /** One request, many responses. */
    serverStream(path: string, request: Buffer, options: UnaryOptions = {}): IncomingStream {
        const call = this.#client.makeServerStreamRequest(
            path,
            asIs,
            asIs,
            request,
            new Metadata(),
            callOptions(options),
        );
        const incoming = receive(call, this.address, options.signal);
        return {
            cancel: () => {
                call.cancel();
            },
            [Symbol.asyncIterator]: () => incoming[Symbol.asyncIterator](),
        };
    }

    /** Many requests, many responses. */
    duplex(path: string, options: UnaryOptions = {}): ClientDuplexStream {
        const call = this.#client.makeBidiStreamRequest(path, asIs, asIs, new Metadata(), callOptions(options));
        const outgoing = new Outgoing(call);
        const incoming = receive(call, this.address, options.signal, outgoing);
        return {
            send: (message) => outgoing.send(message),
            end: () => {
                call.end();
            },
            cancel: () => {
                call.cancel();
            },
            [Symbol.asyncIterator]: () => incoming[Symbol.asyncIterator](),
        };
    }

    /** Connects now. Throws UNAVAILABLE when the server cannot be reached in time. */
    waitForReady(timeoutMs: number): Promise<void> {
        return new Promise((resolve, reject) => {
            const fail = (): void => {
                reject(new GrpcStatus(GrpcCode.UNAVAILABLE, `failed to connect to ${this.address} in time`));
            };
            if (isLinkDropped(this.address)) {
                fail();
                return;
            }
            // grpc-js goes on waiting after its client was closed.
            this.#closing.signal.addEventListener('abort', fail, { once: true });
            this.#client.waitForReady(Date.now() + timeoutMs, (error) => {
                this.#closing.signal.removeEventListener('abort', fail);
                if (error === undefined) resolve();
                else fail();
            });
        });
    }

    close(): void {
        this.#closing.abort();
        this.#client.close();
    }

    /** What is left of the options behind a link that fault switches broke or slowed. */
    async #crossLink(options: UnaryOptions): Promise<UnaryOptions> {
        if (isLinkDropped(this.address)) throw droppedLink(this.address);
        const delayMs = linkDelayMs(this.address);
        if (delayMs === 0) return options;
        const { deadlineMs = Infinity } = options;
        await pause(Math.min(delayMs, deadlineMs));
        if (delayMs >= deadlineMs) throw new GrpcStatus(GrpcCode.DEADLINE_EXCEEDED, 'Deadline exceeded');
        return deadlineMs === Infinity ? options : { ...options, deadlineMs: deadlineMs - delayMs };
    }
}

function channelCredentials(tls: ClientTls | undefined): ChannelCredentials {
    return tls === undefined
        ? credentials.createInsecure()
        : credentials.createSsl(joinPem(tls.roots), tls.key ?? null, tls.certificate ?? null);
}

function callOptions({ deadlineMs }: UnaryOptions): CallOptions {
    return deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs };
}

function receive(
    call: RawReadable<Buffer> | RawDuplex<Buffer, Buffer>,
    address: string,
    signal?: AbortSignal,
    outgoing?: Outgoing,
): Incoming {
    const incoming = new Incoming(call);
    const arrivals = new DelayedArrivals(address);
    let cancelled = false;
    const rawCancel = call.cancel.bind(call);
    call.cancel = (): void => {
        cancelled = true;
        rawCancel();
    };
    const onAbort = (): void => {
        call.cancel();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    const fail = (status: GrpcStatus): void => {
        outgoing?.close(status);
        incoming.close(cancelled && status.code === GrpcCode.CANCELLED ? undefined : status);
    };
    const breakLink = (): void => {
        rawCancel();
        fail(droppedLink(address));
    };
    const stopWatching = onLinkDropped(address, breakLink);
    call.on('data', (message: Buffer) => {
        arrivals.pass(() => {
            incoming.push(message);
        });
    });
    call.on('end', () => {
        stopWatching();
        signal?.removeEventListener('abort', onAbort);
        arrivals.pass(() => {
            outgoing?.close();
            incoming.close();
        });
    });
    call.on('error', (error: ServiceError) => {
        stopWatching();
        signal?.removeEventListener('abort', onAbort);
        arrivals.pass(() => {
            fail(statusOf(error));
        });
    });
    if (signal?.aborted === true) {
        call.cancel();
    }
    if (isLinkDropped(address)) breakLink();
    return incoming;
}

function droppedLink(address: string): GrpcStatus {
    return new GrpcStatus(GrpcCode.UNAVAILABLE, `the link to ${address} is dropped by a fault switch`);
}

function statusOf(error: ServiceError): GrpcStatus {
    const [trailer] = error.metadata.get(detailsTrailer);
    const details = trailer instanceof Buffer ? decodeStatusDetails(trailer) : [];
    return new GrpcStatus(error.code, error.details, details);
}
