// SPDX-License-Identifier: Apache-2.0
import { parseDeliverResponse } from '@power-currency/engine/delivery/deliverResponse.js';
import { GrpcChannel } from '@power-currency/engine/process/grpcClient.js';
import { loadClientTls } from '@power-currency/engine/process/tls.js';
import { decode, encode } from '@power-currency/engine/wire/decode.js';
import { newEnvelope, type Signer } from '@power-currency/engine/wire/envelope.js';
import { common, orderer } from '@power-currency/engine/wire/protobuf.js';
import { seekInfo } from '@power-currency/engine/wire/seek.js';

export interface NodeAddress {
    /** host:port */
    readonly address: string;
    readonly tlsRootFile: string;
}

const connect = ({ address, tlsRootFile }: NodeAddress): GrpcChannel =>
    new GrpcChannel({ address, tls: loadClientTls({ rootFiles: [tlsRootFile] }) });

/** Offers envelopes to an orderer; returns its status for each, 0 for none. A refusal ends the stream, so another follows. */
export async function broadcast(node: NodeAddress, envelopes: readonly Buffer[]): Promise<number[]> {
    const channel = connect(node);
    const statuses: number[] = [];
    while (statuses.length < envelopes.length) {
        statuses.push(...(await broadcastOnOneStream(channel, envelopes.slice(statuses.length))));
    }
    channel.close();
    return statuses;
}

async function broadcastOnOneStream(channel: GrpcChannel, envelopes: readonly Buffer[]): Promise<number[]> {
    const stream = channel.duplex('/orderer.AtomicBroadcast/Broadcast');
    const sending = (async () => {
        for (const envelope of envelopes) await stream.send(envelope);
        stream.end();
    })();
    const statuses: number[] = [];
    try {
        for await (const bytes of stream) {
            statuses.push(decode(orderer.BroadcastResponse, bytes, 'BroadcastResponse').status);
        }
    } catch {
        // What is no Envelope at all has no status: the call fails.
        statuses.push(0);
    }
    // The orderer stops reading once it has refused; what was not sent then is sent on the next stream.
    await sending.catch(() => undefined);
    return statuses;
}

/** The blocks `first`..`last` as a peer holds them. */
export async function deliveredBlocks(
    node: NodeAddress,
    signer: Signer,
    channelId: string,
    first: number,
    last: number,
): Promise<common.Block[]> {
    const channel = connect(node);
    const stream = channel.duplex('/protos.Deliver/Deliver');
    const envelope = newEnvelope(signer, { type: 5, channelId, data: seekInfo({ start: first, stop: last }) });
    await stream.send(encode(common.Envelope, envelope));
    const blocks: common.Block[] = [];
    for await (const bytes of stream) {
        const response = parseDeliverResponse(bytes);
        if ('status' in response) break;
        blocks.push(decode(common.Block, response.blockBytes, 'Block'));
    }
    stream.cancel();
    channel.close();
    return blocks;
}
