// SPDX-License-Identifier: Apache-2.0
import { GrpcChannel, type GrpcChannelOptions } from '../process/grpcClient.js';
import { logger } from '../process/logging.js';
import { HeaderType } from '../wire/codes.js';
import { decode, encode } from '../wire/decode.js';
import { newEnvelope, type Signer } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import { common } from '../wire/protobuf.js';
import { seekInfo } from '../wire/seek.js';
import { parseDeliverResponse } from './deliverResponse.js';
import { PullBackoff, type BackoffLimits } from './pullBackoff.js';

export type OrdererEndpoint = Pick<GrpcChannelOptions, 'address' | 'tls' | 'keepalive'>;

const services = {
    orderer: { path: '/orderer.AtomicBroadcast/Deliver', text: 'ordering service' },
    peer: { path: '/protos.Deliver/Deliver', text: 'another peer' },
} as const;

interface BlockPullerOptions {
    readonly channelId: string;
    /** What is at the endpoints; orderers unless said otherwise. */
    readonly source?: keyof typeof services;
    readonly signer: Signer;
    /** Asked before each connection: the channel's configuration may have changed. */
    endpoints(): readonly OrdererEndpoint[];
    /** Number of the block wanted next; the ledger's height. */
    nextNumber(): number;
    /**
     * Verifies and takes a block. `bytes` are the orderer's and may be kept. The next block is read when it resolves; when
     * it throws, the endpoint is left for the next one.
     */
    onBlock(block: common.Block, bytes: Buffer): Promise<void>;
    /** SHA-256 of our TLS client certificate, with mutual TLS. */
    readonly tlsCertHash?: Buffer;
    readonly backoff?: BackoffLimits;
    /** How long one endpoint may take to connect; `peer.deliveryclient.connTimeout`. */
    readonly connectTimeoutMs?: number;
}

const log = logger('peer.blocksprovider');
const defaultBackoff: BackoffLimits = { firstMs: 100, longestMs: 5_000 };

/**
 * Follows a channel at its orderers, or at another peer, for as long as the peer runs: one stream at a time, from the ledger's height for
 * ever. Any end of the stream, a status included, is a failure: after a growing wait the next endpoint is tried.
 */
export class BlockPuller {
    readonly #options: BlockPullerOptions;
    readonly #stopped = new AbortController();
    readonly #backoff: PullBackoff;
    #running: Promise<void> | undefined;
    #attempt: number;

    constructor(options: BlockPullerOptions) {
        this.#options = options;
        this.#backoff = new PullBackoff(options.backoff ?? defaultBackoff);
        // Peers start at different orderers.
        this.#attempt = Math.floor(Math.random() * 1_000);
    }

    start(): void {
        this.#running ??= this.#run();
    }

    /** Ends the stream; resolves when a block that is being taken has been. */
    async stop(): Promise<void> {
        this.#stopped.abort();
        await this.#running;
    }

    async #run(): Promise<void> {
        const { signal } = this.#stopped;
        while (!signal.aborted) {
            const endpoint = this.#nextEndpoint();
            try {
                if (endpoint === undefined) {
                    throw new Error('no orderer endpoint in the channel configuration');
                }
                await this.#pullFrom(endpoint);
            } catch (error) {
                this.#report(endpoint, error);
            }
            await this.#backoff.wait(signal);
        }
    }

    #nextEndpoint(): OrdererEndpoint | undefined {
        const endpoints = this.#options.endpoints();
        this.#attempt += 1;
        return endpoints[this.#attempt % Math.max(endpoints.length, 1)];
    }

    async #pullFrom(endpoint: OrdererEndpoint): Promise<void> {
        const { signal } = this.#stopped;
        const source = this.#options.source ?? 'orderer';
        const service = services[source];
        const channel = new GrpcChannel(endpoint);
        const close = (): void => {
            channel.close();
        };
        signal.addEventListener('abort', close, { once: true });
        try {
            await channel.waitForReady(this.#options.connectTimeoutMs ?? 3_000);
            const stream = channel.duplex(service.path, { signal });
            try {
                await stream.send(this.#seekEnvelope());
                log.info(`Pulling next blocks from ${service.text}`, {
                    channel: this.#options.channelId,
                    [source]: endpoint.address,
                    nextBlock: this.#options.nextNumber(),
                });
                for await (const response of stream) {
                    await this.#take(response);
                }
            } finally {
                stream.cancel();
            }
            throw new Error(`the ${source} ended the stream`);
        } finally {
            signal.removeEventListener('abort', close);
            channel.close();
        }
    }

    async #take(bytes: Buffer): Promise<void> {
        const response = parseDeliverResponse(bytes);
        if ('status' in response) {
            throw new Error(`received bad status ${String(response.status)} from ${this.#options.source ?? 'orderer'}`);
        }
        await this.#options.onBlock(decode(common.Block, response.blockBytes, 'Block'), response.blockBytes);
        this.#backoff.reset();
    }

    #seekEnvelope(): Buffer {
        const { signer, channelId, tlsCertHash } = this.#options;
        const envelope = newEnvelope(signer, {
            type: HeaderType.DELIVER_SEEK_INFO,
            channelId,
            data: seekInfo({ start: this.#options.nextNumber(), stop: 'forever' }),
            ...(tlsCertHash !== undefined && { tlsCertHash }),
        });
        return encode(common.Envelope, envelope);
    }

    #report(endpoint: OrdererEndpoint | undefined, error: unknown): void {
        if (!this.#stopped.signal.aborted) {
            log.warning(`Failed pulling blocks: ${errorText(error)}`, {
                channel: this.#options.channelId,
                [this.#options.source ?? 'orderer']: endpoint?.address,
            });
        }
    }
}
