// SPDX-License-Identifier: Apache-2.0
import { parseDeliverResponse } from '../../delivery/deliverResponse.js';
import { GrpcChannel } from '../../process/grpcClient.js';
import { loadClientTls } from '../../process/tls.js';
import { encode } from '../../wire/decode.js';
import { newEnvelope, type Signer } from '../../wire/envelope.js';
import { common, orderer } from '../../wire/protobuf.js';
import { seekInfo, type SeekRange } from '../../wire/seek.js';

export interface Delivered {
    readonly blocks: readonly Buffer[];
    /** The status that ended the seek. */
    readonly status: number;
}

/** Calls an orderer as a client does, one connection per call. */
export class OrdererClient {
    readonly #address: string;
    readonly #tlsRootFile: string;
    readonly #signer: Signer;

    constructor(address: string, tlsRootFile: string, signer: Signer) {
        this.#address = address;
        this.#tlsRootFile = tlsRootFile;
        this.#signer = signer;
    }

    /** Sends envelopes on one stream and returns the replies, `200` or `400 text`, until the orderer ends it. */
    async broadcast(envelopes: readonly Buffer[]): Promise<string[]> {
        const channel = this.#connect();
        const stream = channel.duplex('/orderer.AtomicBroadcast/Broadcast');
        for (const envelope of envelopes) {
            await stream.send(envelope);
        }
        stream.end();
        const replies: string[] = [];
        for await (const bytes of stream) {
            const { status, info } = orderer.BroadcastResponse.decode(bytes);
            replies.push(`${String(status)} ${info}`.trim());
        }
        channel.close();
        return replies;
    }

    /** The blocks of a range. */
    deliver(channelId: string, range: SeekRange): Promise<Delivered> {
        return this.seek(signedMessage(this.#signer, channelId, seekInfo(range), 5));
    }

    /** What the orderer sends for one request, until it ends the stream or `most` blocks have come; then there is no status. */
    async seek(request: Buffer, most = Infinity): Promise<Delivered> {
        const channel = this.#connect();
        const stream = channel.duplex('/orderer.AtomicBroadcast/Deliver');
        await stream.send(request);
        stream.end();
        const blocks: Buffer[] = [];
        let status = 0;
        for await (const bytes of stream) {
            const response = parseDeliverResponse(bytes);
            if ('status' in response) {
                status = response.status;
            } else {
                blocks.push(Buffer.from(response.blockBytes));
            }
            if (blocks.length >= most) stream.cancel();
        }
        channel.close();
        return { blocks, status };
    }

    #connect(): GrpcChannel {
        return new GrpcChannel({ address: this.#address, tls: loadClientTls({ rootFiles: [this.#tlsRootFile] }) });
    }
}

/** Bytes of a signed envelope of a header type. */
export function signedMessage(signer: Signer, channelId: string, data: Buffer, type: number): Buffer {
    return encode(common.Envelope, newEnvelope(signer, { type, channelId, data }));
}

/** How many transactions each block has. */
export function sizes(blocks: readonly Buffer[]): number[] {
    return blocks.map((bytes) => common.Block.decode(bytes).data?.data?.length ?? 0);
}
