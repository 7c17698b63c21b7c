// SPDX-License-Identifier: Apache-2.0
import type { PeerChannels } from '../lifecycle/peerChannels.js';
import { GrpcCode } from '../process/grpcStatus.js';
import { goErrorText } from '../process/goErrorText.js';
import { Status, statusName } from '../wire/codes.js';
import { asBuffer, encode } from '../wire/decode.js';
import { common, type gateway, type orderer } from '../wire/protobuf.js';
import { gatewayError, type FailedNode } from './gatewayError.js';
import type { NetworkOrderers } from './networkOrderers.js';

interface SubmitDependencies {
    readonly channels: PeerChannels;
    readonly orderers: Pick<NetworkOrderers, 'of'>;
    readonly broadcastTimeoutMs: number;
}

/** Hands a signed transaction to an orderer, the next one if it cannot take it (internal/pkg/gateway/submit.go). */
export async function submit(
    request: gateway.SubmitRequest,
    { channels, orderers, broadcastTimeoutMs }: SubmitDependencies,
    signal: AbortSignal,
): Promise<gateway.SubmitResponse.$Properties> {
    const { preparedTransaction, channelId } = request;
    if (!preparedTransaction) {
        throw gatewayError(GrpcCode.INVALID_ARGUMENT, 'a prepared transaction is required');
    }
    if (asBuffer(preparedTransaction.signature).length === 0) {
        throw gatewayError(GrpcCode.INVALID_ARGUMENT, 'prepared transaction must be signed');
    }
    const channel = channels.get(channelId);
    if (channel === undefined) {
        throw gatewayError(
            GrpcCode.FAILED_PRECONDITION,
            `failed to get config for channel [${channelId}]: could not get last config for channel ${channelId}`,
        );
    }
    const nodes = orderers.of(channel.configuration());
    if (nodes.length === 0) throw gatewayError(GrpcCode.UNAVAILABLE, 'no orderer nodes available');
    const envelope = encode(common.Envelope, preparedTransaction);
    const failed: FailedNode[] = [];
    for (const node of nodes) {
        let answer: orderer.BroadcastResponse;
        try {
            answer = await node.submit(envelope, broadcastTimeoutMs);
        } catch (error) {
            failed.push({ address: node.address, mspId: node.mspId, message: goErrorText(error) });
            assertInTime(signal);
            continue;
        }
        if (answer.status === Status.SUCCESS) return {};
        assertInTime(signal);
        // A refusal is final; an orderer that cannot take transactions now says 5xx, and another one may.
        if (answer.status < Status.INTERNAL_SERVER_ERROR) throw refusal(answer);
    }
    throw gatewayError(GrpcCode.UNAVAILABLE, 'no orderers could successfully process transaction', failed);
}

function refusal({ status, info }: orderer.BroadcastResponse): Error {
    return gatewayError(
        GrpcCode.ABORTED,
        `received unsuccessful response from orderer: status=${statusName(status)}, info=${info}`,
    );
}

function assertInTime(signal: AbortSignal): void {
    if (signal.aborted) {
        throw gatewayError(GrpcCode.DEADLINE_EXCEEDED, 'submit timeout expired while broadcasting to ordering service');
    }
}
