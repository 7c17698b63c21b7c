// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { lastConfigIndex } from '../../../channel/configBlock.js';
import type { GrpcChannel } from '../../../process/grpcClient.js';
import type { ClientDuplexStream } from '../../../process/grpcStream.js';
import { logger } from '../../../process/logging.js';
import { HeaderType, Status, statusName } from '../../../wire/codes.js';
import { decode, encode } from '../../../wire/decode.js';
import { newEnvelope } from '../../../wire/envelope.js';
import { common, orderer } from '../../../wire/protobuf.js';
import { seekInfo, type SeekPosition } from '../../../wire/seek.js';
import { type Invocation, UsageError } from '../commandLine.js';
import { failure } from '../failure.js';
import { grpcErrorText } from '../grpcErrorText.js';
import { connectOrderer, ordererCertificateHash } from '../ordererConnection.js';
import { clientCertificateHash, connectPeer } from '../peerConnections.js';
import { loadPeerEnvironment, type PeerEnvironment } from '../peerEnvironment.js';
import { reportConnected } from './connectChannelPeer.js';

const log = logger('channelCmd');
const readLog = logger('cli.common');

/** `peer channel fetch newest|oldest|config|NUMBER [FILE] -c CHANNEL`, from an orderer with `-o`, else from the peer. */
export async function fetchBlock(invocation: Invocation): Promise<void> {
    const [target, file, ...rest] = invocation.operands;
    if (target === undefined) {
        throw new UsageError('fetch target required, oldest, newest, config, or a number');
    }
    if (rest.length > 0) {
        throw new UsageError('trailing args detected');
    }
    const reader = await BlockReader.open(invocation);
    try {
        const block = await fetchTarget(reader, target);
        const name = file ?? `${invocation.text('channelID')}_${target}.block`;
        writeFileSync(name, encode(common.Block, block));
    } finally {
        reader.close();
    }
}

async function fetchTarget(reader: BlockReader, target: string): Promise<common.Block> {
    if (target === 'oldest' || target === 'newest') {
        return reader.readBlock(target);
    }
    if (target === 'config') {
        const index = lastConfigIndex(await reader.readBlock('newest'));
        log.info(`Retrieving last config block: ${String(index)}`);
        return reader.readBlock(index);
    }
    if (!/^[+-]?\d+$/.test(target)) {
        throw new Error(`fetch target illegal: ${target}`);
    }
    return reader.readBlock(Number(target));
}

/** Reads single blocks over one stream. */
class BlockReader {
    readonly #channel: GrpcChannel;
    readonly #stream: ClientDuplexStream;
    readonly #responses: AsyncIterator<Buffer>;
    readonly #request: (at: SeekPosition) => Buffer;

    private constructor(channel: GrpcChannel, method: string, request: (at: SeekPosition) => Buffer) {
        this.#channel = channel;
        this.#stream = channel.duplex(method);
        this.#responses = this.#stream[Symbol.asyncIterator]();
        this.#request = request;
    }

    static async open(invocation: Invocation): Promise<BlockReader> {
        const environment = loadPeerEnvironment(invocation.env);
        const address = invocation.text('orderer');
        const fromOrderer = address.split(':').length === 2;
        const channel = await (fromOrderer
            ? connectOrderer(invocation, environment.settings, address).catch(
                  failure('failed to create deliver client for orderer'),
              )
            : connectToPeer(environment));
        const tlsCertHash = fromOrderer
            ? ordererCertificateHash(invocation, environment.settings)
            : clientCertificateHash(environment.settings);
        const method = fromOrderer ? '/orderer.AtomicBroadcast/Deliver' : '/protos.Deliver/Deliver';
        reportConnected();
        return new BlockReader(channel, method, (at) =>
            encode(
                common.Envelope,
                newEnvelope(environment.signer, {
                    type: HeaderType.DELIVER_SEEK_INFO,
                    channelId: invocation.text('channelID'),
                    data: seekInfo({
                        start: at,
                        stop: at,
                        ...(invocation.boolean('bestEffort') ? { errorResponse: 'bestEffort' as const } : {}),
                    }),
                    ...(tlsCertHash === undefined ? {} : { tlsCertHash }),
                }),
            ),
        );
    }

    async readBlock(at: SeekPosition): Promise<common.Block> {
        await this.#stream.send(this.#request(at));
        const { block, status } = await this.#next();
        if (block === null || block === undefined) {
            const text = `&{${statusName(status ?? 0)}}`;
            readLog.info(`Expect block, but got status: ${text}`);
            throw new Error(`can't read the block: ${text}`);
        }
        readLog.info(`Received block: ${String(block.header?.number ?? 0)}`);
        const end = await this.#next();
        if (end.status !== Status.SUCCESS) {
            readLog.error(`Expect status to be SUCCESS, got: ${statusName(end.status ?? 0)}`);
        }
        return new common.Block(block);
    }

    close(): void {
        this.#stream.cancel();
        this.#channel.close();
    }

    async #next(): Promise<orderer.DeliverResponse> {
        try {
            const next = await this.#responses.next();
            if (next.done === true) {
                throw new Error('EOF');
            }
            return decode(orderer.DeliverResponse, next.value, 'DeliverResponse');
        } catch (error) {
            throw new Error(`error receiving: ${grpcErrorText(error)}`, { cause: error });
        }
    }
}

async function connectToPeer({ settings }: PeerEnvironment): Promise<GrpcChannel> {
    const { channel } = await connectPeer(settings, { address: '', tlsRootFile: '' }, 'deliver').catch(
        failure('error getting deliver client for channel: failed to create deliver client for peer'),
    );
    return channel;
}
