// SPDX-License-Identifier: Apache-2.0
import { decode, encode } from '../../src/wire/decode.js';
import { common, gateway, type orderer } from '../../src/wire/protobuf.js';
import { proposalOf, type TimedCall } from './recordedGatewayCalls.js';
import type { RecordedProposals } from '../recordedProposals.js';
import type { Recordings } from '../recordings.js';
import { envelopeOfSize, payloadBytesIn } from '../replayedOrderer.js';
import { recordedIdentity } from '../replayedPeer.js';
import { unrecordedSigner } from '../unrecordedSignatures.js';

interface GatewayRequest {
    readonly bytes: Buffer;
    /** The replay's transaction id, another than the recorded one where its nonce was not recorded. */
    readonly txId: string;
}

/** A recorded request: the client's own bytes where they were kept, else made again of what was recorded of it. */
export function gatewayRequest(call: TimedCall, recordings: Recordings, proposals: RecordedProposals): GatewayRequest {
    const { requestBase64, request, method } = call.value;
    const txId = request.transactionId ?? '';
    if (requestBase64 !== undefined) return { bytes: Buffer.from(requestBase64, 'base64'), txId };
    if (method === 'Evaluate' || method === 'Endorse') return proposalRequest(call, proposals);
    if (method === 'Submit') return { bytes: submitRequest(call, recordings, proposals), txId };
    const inner = method === 'CommitStatus' ? statusRequest(call, recordings) : eventsRequest(call, recordings);
    const signature = unrecordedSigner('', Buffer.alloc(0)).sign(inner);
    // SignedCommitStatusRequest and SignedChaincodeEventsRequest have the same fields.
    return { bytes: encode(gateway.SignedCommitStatusRequest, { request: inner, signature }), txId };
}

function proposalRequest(call: TimedCall, proposals: RecordedProposals): GatewayRequest {
    const { method, request } = call.value;
    const { signed, txId } = proposalOf(call, proposals);
    const common_ = { transactionId: txId, channelId: request.channelId ?? '', proposedTransaction: signed };
    const bytes =
        method === 'Evaluate'
            ? encode(gateway.EvaluateRequest, {
                  ...common_,
                  targetOrganizations: [...(request.targetOrganizations ?? [])],
              })
            : encode(gateway.EndorseRequest, {
                  ...common_,
                  endorsingOrganizations: [...(request.endorsingOrganizations ?? [])],
              });
    return { bytes, txId };
}

/** The signed transaction as it stands on the chain; one that the orderer refused for its size is made as long. */
function submitRequest({ value }: TimedCall, recordings: Recordings, proposals: RecordedProposals): Buffer {
    const { transactionId = '', channelId = '' } = value.request;
    const size = payloadBytesIn(value.error?.message ?? '');
    const envelope =
        proposals.transaction(transactionId)?.envelopeBytes ??
        (size > 0 ? envelopeOfSize(recordings.set.channel, size) : undefined);
    if (envelope === undefined) throw new Error('neither the request nor its transaction was recorded');
    return encode(gateway.SubmitRequest, {
        transactionId,
        channelId,
        preparedTransaction: decode(common.Envelope, envelope, 'Envelope'),
    });
}

function statusRequest({ value: { request } }: TimedCall, recordings: Recordings): Buffer {
    return encode(gateway.CommitStatusRequest, {
        transactionId: request.transactionId ?? '',
        channelId: request.channelId ?? '',
        identity: recordedIdentity(recordings, request.identity ?? ''),
    });
}

function eventsRequest({ value: { request } }: TimedCall, recordings: Recordings): Buffer {
    const { startPosition, afterTransactionId, channelId, chaincodeId, identity } = request;
    return encode(gateway.ChaincodeEventsRequest, {
        channelId: channelId ?? '',
        chaincodeId: chaincodeId ?? '',
        identity: recordedIdentity(recordings, identity ?? ''),
        ...(startPosition !== undefined && { startPosition: seekPosition(startPosition) }),
        ...(afterTransactionId !== undefined && { afterTransactionId }),
    });
}

function seekPosition(position: number | string): orderer.SeekPosition.$Properties {
    return typeof position === 'number' ? { specified: { number: position } } : { [position]: {} };
}
