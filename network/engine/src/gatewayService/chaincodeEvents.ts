// SPDX-License-Identifier: Apache-2.0
import type { ParsedTransaction } from '../ledger/validation/parsedTransaction.js';
import type { AccessControl } from '../lifecycle/accessControl.js';
import type { PeerChannel, PeerChannels } from '../lifecycle/peerChannels.js';
import { GrpcCode } from '../process/grpcStatus.js';
import type { OutgoingStream } from '../process/grpcStream.js';
import { TxValidationCode } from '../wire/codes.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { gateway, type orderer, type protos } from '../wire/protobuf.js';
import { RecentBlocks, type ReadBlock } from './recentBlocks.js';
import { checkGatewayAccess } from './gatewayAccess.js';
import { gatewayError } from './gatewayError.js';

interface ChaincodeEventsDependencies {
    readonly channels: PeerChannels;
    readonly accessControl: AccessControl;
}

/** Streams the events of a chaincode, block by block and for ever (internal/pkg/gateway/chaincodeevents.go). */
export class ChaincodeEvents {
    readonly #dependencies: ChaincodeEventsDependencies;
    readonly #blocks = new WeakMap<PeerChannel['ledger'], RecentBlocks>();

    constructor(dependencies: ChaincodeEventsDependencies) {
        this.#dependencies = dependencies;
    }

    async handle(
        signed: gateway.SignedChaincodeEventsRequest,
        stream: OutgoingStream,
        signal: AbortSignal,
    ): Promise<void> {
        const { channels, accessControl } = this.#dependencies;
        const request = readRequest(signed);
        const { channelId, chaincodeId, afterTransactionId } = request;
        checkGatewayAccess(accessControl, 'gateway/ChaincodeEvents', channelId, {
            data: asBuffer(signed.request),
            identity: asBuffer(request.identity),
            signature: asBuffer(signed.signature),
        });
        const channel = channels.get(channelId);
        if (channel === undefined) throw gatewayError(GrpcCode.NOT_FOUND, `channel does not exist: ${channelId}`);
        const blocks = this.#blocksOf(channel);
        const filter = new EventFilter(chaincodeId, afterTransactionId);
        for (let number = startBlock(channel, request); ; number++) {
            await channel.ledger.waitForBlock(number, signal);
            const events = filter.eventsOf(blocks.read(number));
            if (events.length > 0) {
                await stream.send(
                    encode(gateway.ChaincodeEventsResponse, { events, ...(number !== 0 && { blockNumber: number }) }),
                );
            }
        }
    }

    #blocksOf(channel: PeerChannel): RecentBlocks {
        let blocks = this.#blocks.get(channel.ledger);
        if (blocks === undefined) {
            blocks = new RecentBlocks(channel.ledger);
            this.#blocks.set(channel.ledger, blocks);
        }
        return blocks;
    }
}

/** Picks a chaincode's events of valid transactions; nothing before the event of the transaction to start behind. */
class EventFilter {
    readonly #chaincode: string;
    #skipUntil: string;

    constructor(chaincode: string, afterTransactionId: string) {
        this.#chaincode = chaincode;
        this.#skipUntil = afterTransactionId;
    }

    eventsOf({ transactions, codes }: ReadBlock): protos.ChaincodeEvent.$Properties[] {
        return transactions.flatMap((transaction, index) => {
            const event = codes[index] === TxValidationCode.VALID ? eventOf(transaction) : undefined;
            if (event === undefined || !this.#isPast(event.txId)) return [];
            return event.chaincodeId === this.#chaincode ? [event] : [];
        });
    }

    /** The marker is an event of any chaincode, and is itself not delivered. */
    #isPast(txId: string): boolean {
        if (this.#skipUntil === '') return true;
        if (txId === this.#skipUntil) this.#skipUntil = '';
        return false;
    }
}

function eventOf(transaction: ParsedTransaction): protos.ChaincodeEvent | undefined {
    if (!transaction.isEndorserTransaction) return undefined;
    const event = transaction.event;
    return event && event.chaincodeId !== '' && event.eventName !== '' && event.txId !== '' ? event : undefined;
}

function startBlock({ ledger }: PeerChannel, request: gateway.ChaincodeEventsRequest): number {
    const after = request.afterTransactionId === '' ? undefined : ledger.txStatus(request.afterTransactionId);
    if (after !== undefined) return after.blockNumber;
    const position: orderer.SeekPosition.$Properties = request.startPosition ?? {};
    if (position.specified) return position.specified.number ?? 0;
    if (position.oldest) throw unusable('Oldest');
    if (position.newest) throw unusable('Newest');
    return ledger.height;
}

function unusable(position: string): Error {
    return gatewayError(GrpcCode.INVALID_ARGUMENT, `invalid start position type: *orderer.SeekPosition_${position}`);
}

function readRequest(signed: gateway.SignedChaincodeEventsRequest): gateway.ChaincodeEventsRequest {
    const bytes = asBuffer(signed.request);
    if (bytes.length === 0) throw gatewayError(GrpcCode.INVALID_ARGUMENT, 'a chaincode events request is required');
    try {
        return decode(gateway.ChaincodeEventsRequest, bytes, 'ChaincodeEventsRequest');
    } catch (error) {
        const reason = errorText(error);
        throw gatewayError(GrpcCode.INVALID_ARGUMENT, `invalid chaincode events request: ${reason}`);
    }
}
