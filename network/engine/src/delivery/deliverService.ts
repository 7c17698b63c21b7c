// SPDX-License-Identifier: Apache-2.0
import type { CallContext, DuplexMethod } from '../process/serviceTable.js';
import type { DuplexStream } from '../process/grpcStream.js';
import { logger } from '../process/logging.js';
import { counter } from '../process/metrics.js';
import { Status } from '../wire/codes.js';
import type { SignedData } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import type { common, orderer } from '../wire/protobuf.js';
import { blockRange } from './blockRange.js';
import type { BlockSource } from './blockSource.js';
import { certificateExpiry } from './certificateExpiry.js';
import { statusResponse } from './deliverResponse.js';
import { receivedEnvelope } from './receivedEnvelope.js';
import { parseSeekInfo, parseSeekRequest, SeekRefused, type HeaderRules, type SeekRequest } from './seekRequest.js';
import { currentTime } from '../process/clock.js';

/** What delivery needs of a channel. */
export interface DeliverChannel {
    readonly source: BlockSource;
    /** Grows with every configuration: the reader is asked for permission again. */
    configSequence(): number;
    /** Throws when the channel's policy for reading this kind of block is not satisfied. */
    authorize(signed: SignedData): void;
}

export interface DeliverOptions {
    channel(channelId: string): DeliverChannel | undefined;
    /** Encodes the response for a block. May wait, for data of its own. */
    respond(block: BlockToSend): Buffer | Promise<Buffer>;
    readonly timeWindowMs: number;
    /** True when the server demands client certificates. */
    readonly bindToClientCertificate: boolean;
    /** True turns off the check that the reader's certificate has not expired (General.Authentication.NoExpirationChecks). */
    readonly ignoreExpiry?: boolean;
    readonly now?: () => Date;
}

/** A block on its way to one reader. */
export interface BlockToSend {
    readonly channelId: string;
    readonly number: number;
    readonly source: BlockSource;
    /** orderer.SeekInfo.content_type */
    readonly contentType: number;
    readonly reader: SignedData;
}

const failIfNotReady = 1;
const log = logger('common.deliver');
const opened = counter(
    'deliver_streams_opened',
    'The number of GRPC streams that have been opened for the deliver service.',
);
const closed = counter(
    'deliver_streams_closed',
    'The number of GRPC streams that have been closed for the deliver service.',
);
const blocksSent = counter('deliver_blocks_sent', 'The number of blocks sent by the deliver service.', ['channel']);
const requestsReceived = counter(
    'deliver_requests_received',
    'The number of deliver requests that have been received.',
    ['channel'],
);

/**
 * Deliver: each envelope asks for a range of blocks, which are sent, followed by a status. After SUCCESS the client may
 * ask again; after any other status the stream ends, with gRPC status OK (common/deliver/deliver.go).
 */
export function deliverMethod(options: DeliverOptions): DuplexMethod {
    const rules: HeaderRules = {
        timeWindowMs: options.timeWindowMs,
        bindToClientCertificate: options.bindToClientCertificate,
        now: options.now ?? currentTime,
    };
    return {
        kind: 'duplex',
        handle: async (stream, call) => {
            opened.add();
            try {
                await serve(stream, call, options, rules);
            } finally {
                closed.add();
            }
        },
    };
}

async function serve(
    stream: DuplexStream,
    call: CallContext,
    options: DeliverOptions,
    rules: HeaderRules,
): Promise<void> {
    for await (const bytes of stream) {
        const envelope = receivedEnvelope(bytes);
        const status = await answer(envelope, stream, call, options, rules);
        if (call.signal.aborted) {
            return;
        }
        await stream.send(statusResponse(status));
        if (status !== Status.SUCCESS) {
            return;
        }
    }
}

async function answer(
    envelope: common.Envelope,
    stream: DuplexStream,
    call: CallContext,
    options: DeliverOptions,
    rules: HeaderRules,
): Promise<number> {
    try {
        const request = parseSeekRequest(envelope, rules, () => call.clientCertificate);
        const channel = options.channel(request.channelId);
        if (channel === undefined) {
            throw new SeekRefused(Status.NOT_FOUND, `channel ${request.channelId} not found`);
        }
        requestsReceived.add({ channel: request.channelId });
        const seek = parseSeekInfo(request.data);
        const session = new ReadSession(channel, request.signed, options.ignoreExpiry === true, rules.now);
        session.check();
        await sendBlocks(request, seek, channel, session, stream, call.signal, options);
        return Status.SUCCESS;
    } catch (error) {
        if (error instanceof SeekRefused) {
            log.debug(`[${call.peerAddress}] seek refused: ${error.message}`, { status: error.status });
            return error.status;
        }
        if (call.signal.aborted) {
            return Status.INTERNAL_SERVER_ERROR;
        }
        throw error;
    }
}

async function sendBlocks(
    request: SeekRequest,
    seek: orderer.SeekInfo,
    channel: DeliverChannel,
    session: ReadSession,
    stream: DuplexStream,
    signal: AbortSignal,
    options: DeliverOptions,
): Promise<void> {
    const { source } = channel;
    const { channelId, signed } = request;
    const range = blockRange(seek, source.height());
    for (let number = range.start; ; number += 1) {
        if (number >= source.height()) {
            if (seek.behavior === failIfNotReady) {
                throw new SeekRefused(Status.NOT_FOUND, `block ${String(number)} is not there yet`);
            }
            await source.waitForBlock(number, signal);
        }
        session.check();
        const block = { channelId, number, source, contentType: seek.contentType, reader: signed };
        await stream.send(await options.respond(block));
        blocksSent.add({ channel: channelId });
        if (number === range.stop) {
            return;
        }
    }
}

/** Whether a reader may go on: asked before every block, the policy only when the configuration has changed. */
class ReadSession {
    readonly #channel: DeliverChannel;
    readonly #signed: SignedData;
    readonly #expiresAt: Date | undefined;
    readonly #now: () => Date;
    #checkedSequence: number | undefined;

    constructor(channel: DeliverChannel, signed: SignedData, ignoreExpiry: boolean, now: () => Date) {
        this.#channel = channel;
        this.#signed = signed;
        this.#expiresAt = ignoreExpiry ? undefined : certificateExpiry(signed.identity);
        this.#now = now;
    }

    /** Throws SeekRefused with FORBIDDEN. */
    check(): void {
        if (this.#expiresAt !== undefined && this.#now() > this.#expiresAt) {
            throw new SeekRefused(Status.FORBIDDEN, 'deliver client identity expired');
        }
        const sequence = this.#channel.configSequence();
        if (sequence === this.#checkedSequence) {
            return;
        }
        try {
            this.#channel.authorize(this.#signed);
        } catch (error) {
            throw new SeekRefused(Status.FORBIDDEN, errorText(error));
        }
        this.#checkedSequence = sequence;
    }
}
