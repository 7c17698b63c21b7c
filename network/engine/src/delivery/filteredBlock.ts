// SPDX-License-Identifier: Apache-2.0
import { blockMetadata } from '../ledger/blocks/blockEncoding.js';
import { BlockMetadataIndex, HeaderType, Status } from '../wire/codes.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { common, protos } from '../wire/protobuf.js';
import { statusResponse } from './deliverResponse.js';

/**
 * The response of DeliverFiltered for a committed block: ids, types, codes and chaincode events without their payload.
 * A block that holds a transaction whose layers do not parse gives BAD_REQUEST in its place (core/peer/deliverevents.go).
 */
export function filteredBlockResponse(blockBytes: Buffer): Buffer {
    try {
        return encode(protos.DeliverResponse, {
            filteredBlock: filteredBlock(decode(common.Block, blockBytes, 'Block')),
        });
    } catch {
        return statusResponse(Status.BAD_REQUEST);
    }
}

function filteredBlock(block: common.Block): protos.FilteredBlock.$Properties {
    const codes = blockMetadata(block, BlockMetadataIndex.TRANSACTIONS_FILTER);
    const number = block.header?.number ?? 0;
    const filteredTransactions: protos.FilteredTransaction.$Properties[] = [];
    let channelId = '';
    for (const [index, bytes] of (block.data?.data ?? []).entries()) {
        const headed = parseHeaded(bytes);
        if (headed !== undefined) {
            channelId = headed.channelHeader.channelId;
            filteredTransactions.push(filteredTransaction(headed, codes[index] ?? 0));
        }
    }
    return {
        ...(channelId !== '' && { channelId }),
        ...(number !== 0 && { number }),
        filteredTransactions,
    };
}

interface Headed {
    readonly channelHeader: common.ChannelHeader;
    readonly data: Buffer;
}

/** Undefined for what Fabric skips: an envelope that does not parse, or a payload without header. */
function parseHeaded(bytes: Uint8Array): Headed | undefined {
    let envelope: common.Envelope;
    try {
        envelope = decode(common.Envelope, bytes, 'Envelope');
    } catch {
        return undefined;
    }
    const { header, data } = decode(common.Payload, envelope.payload, 'Payload');
    return header === null || header === undefined
        ? undefined
        : {
              channelHeader: decode(common.ChannelHeader, asBuffer(header.channelHeader), 'ChannelHeader'),
              data: asBuffer(data),
          };
}

function filteredTransaction({ channelHeader, data }: Headed, code: number): protos.FilteredTransaction.$Properties {
    const { txId, type } = channelHeader;
    return {
        ...(txId !== '' && { txid: txId }),
        ...(type !== 0 && { type }),
        ...(code !== 0 && { txValidationCode: code }),
        ...(type === HeaderType.ENDORSER_TRANSACTION && {
            transactionActions: { chaincodeActions: eventsOf(decode(protos.Transaction, data, 'Transaction')) },
        }),
    };
}

function eventsOf(transaction: protos.Transaction): protos.FilteredChaincodeAction.$Properties[] {
    return transaction.actions.flatMap((action) => {
        const event = eventOf(asBuffer(action.payload));
        if (event === undefined || event.chaincodeId === '') {
            return [];
        }
        const { chaincodeId, txId, eventName } = event;
        return [
            {
                chaincodeEvent: {
                    chaincodeId,
                    ...(txId !== '' && { txId }),
                    ...(eventName !== '' && { eventName }),
                },
            },
        ];
    });
}

function eventOf(actionPayload: Buffer): protos.ChaincodeEvent | undefined {
    const { action } = decode(protos.ChaincodeActionPayload, actionPayload, 'ChaincodeActionPayload');
    const responsePayload = asBuffer(action?.proposalResponsePayload);
    const { extension } = decode(protos.ProposalResponsePayload, responsePayload, 'ProposalResponsePayload');
    const { events } = decode(protos.ChaincodeAction, asBuffer(extension), 'ChaincodeAction');
    return decode(protos.ChaincodeEvent, asBuffer(events), 'ChaincodeEvent');
}
