// SPDX-License-Identifier: Apache-2.0
import type { CallContext, DuplexMethod } from '../process/serviceTable.js';
import type { DuplexStream } from '../process/grpcStream.js';
import { faultSwitches } from '../process/faults/faultSwitches.js';
import { logger } from '../process/logging.js';
import { receivedEnvelope } from '../delivery/receivedEnvelope.js';
import { counter } from '../process/metrics.js';
import { HeaderType, Status, statusName } from '../wire/codes.js';
import { encode } from '../wire/decode.js';
import { type common, orderer } from '../wire/protobuf.js';
import type { FilterOptions } from './messageFilters.js';
import type { OrderedChannel } from './orderedChannel.js';
import { Refusal } from './refusal.js';
import { parseSubmitted } from './submittedMessage.js';
import { takeMessage } from './takeMessage.js';

interface BroadcastOptions extends FilterOptions {
    channel(channelId: string): OrderedChannel | undefined;
}

const log = logger('orderer.common.broadcast');
const processed = counter('broadcast_processed_count', 'The number of transactions processed.', [
    'channel',
    'type',
    'status',
]);
const success = encode(orderer.BroadcastResponse, { status: Status.SUCCESS });

/**
 * orderer.AtomicBroadcast/Broadcast: messages of one stream are handled one after another, each with one reply in its
 * place. SUCCESS means taken into the current batch, not yet durable. After any other reply the stream ends with gRPC
 * status OK (orderer/common/broadcast/broadcast.go).
 */
export function broadcastMethod(options: BroadcastOptions): DuplexMethod {
    return { kind: 'duplex', handle: (stream, call) => serve(stream, call, options) };
}

async function serve(stream: DuplexStream, call: CallContext, options: BroadcastOptions): Promise<void> {
    for await (const bytes of stream) {
        const envelope = receivedEnvelope(bytes);
        await faultSwitches.until((on) => on['pause-ordering'] === true);
        const channel = submit(envelope, call, options);
        if (channel instanceof Refusal) {
            await stream.send(encode(orderer.BroadcastResponse, { status: channel.status, info: channel.message }));
            return;
        }
        await stream.send(success);
        await channel.hasRoom();
    }
}

/** The whole decision is synchronous, so no configuration can change between a message's check and its place. */
function submit(envelope: common.Envelope, call: CallContext, options: BroadcastOptions): OrderedChannel | Refusal {
    let labels = { channel: '', type: 'unknown' };
    try {
        const message = parseSubmitted(envelope);
        labels = { channel: message.channelId, type: typeName(message.type) };
        const channel = options.channel(message.channelId);
        if (channel === undefined) {
            throw new Refusal(Status.BAD_REQUEST, 'channel does not exist');
        }
        takeMessage(message, channel, options);
        processed.add({ ...labels, status: 'SUCCESS' });
        return channel;
    } catch (error) {
        if (!(error instanceof Refusal)) {
            throw error;
        }
        processed.add({ ...labels, status: statusName(error.status) });
        log.warning(
            `[channel: ${labels.channel}] Rejecting broadcast of message from ${call.peerAddress}: ${error.message}`,
        );
        return error;
    }
}

function typeName(type: number): string {
    return Object.entries(HeaderType).find(([, value]) => value === type)?.[0] ?? String(type);
}
