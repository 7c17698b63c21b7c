// SPDX-License-Identifier: Apache-2.0
import type { PeerChannel, PeerChannels } from '../lifecycle/peerChannels.js';
import { GrpcCode } from '../process/grpcStatus.js';
import { asBuffer, decode } from '../wire/decode.js';
import { protos, type gateway } from '../wire/protobuf.js';
import type { Candidates } from './candidates.js';
import { gatewayError, type FailedNode } from './gatewayError.js';
import type { PeerEndorser } from './peerEndorser.js';
import { readProposedTransaction, type ProposedTransaction } from './proposedTransaction.js';

interface EvaluateDependencies {
    readonly channels: PeerChannels;
    readonly candidates: Candidates;
    readonly mspId: string;
}

/** Runs a proposal on one peer and returns the chaincode's response (internal/pkg/gateway/evaluate.go). */
export async function evaluate(
    request: gateway.EvaluateRequest,
    dependencies: EvaluateDependencies,
    signal: AbortSignal,
): Promise<gateway.EvaluateResponse.$Properties> {
    const context = 'failed to unpack transaction proposal: ';
    const proposed = readProposedTransaction(request.proposedTransaction, 'a signed proposal is required', context);
    const { channelId } = proposed;
    const channel = dependencies.channels.get(channelId);
    if (channel === undefined) {
        throw gatewayError(
            GrpcCode.UNAVAILABLE,
            `failed to get config for channel [${channelId}]: could not get last config for channel ${channelId}`,
        );
    }
    const failed: FailedNode[] = [];
    let last: number = GrpcCode.UNAVAILABLE;
    for (const peer of targetsOf(proposed, channel, request.targetOrganizations, dependencies)) {
        const answer = await peer.process(proposed.signed);
        if (signal.aborted) throw gatewayError(GrpcCode.DEADLINE_EXCEEDED, 'evaluate timeout expired');
        if (answer.ok) return { result: resultOf(answer.response) };
        if (answer.runsNot === true) continue;
        failed.push({ address: peer.address, mspId: peer.mspId, message: answer.message });
        last = answer.code;
        if (!answer.tryOther) {
            throw gatewayError(answer.code, `evaluate call to endorser returned error: ${answer.message}`, failed);
        }
    }
    if (failed.length === 0) throw noPeers(proposed);
    throw gatewayError(last, 'failed to evaluate transaction, see attached details for more info', failed);
}

function targetsOf(
    { chaincode, channelId, hasTransient }: ProposedTransaction,
    channel: PeerChannel,
    requested: readonly string[],
    { candidates, mspId }: EvaluateDependencies,
): readonly PeerEndorser[] {
    // Transient data stays in the own organisation unless the client names others.
    const protectTransient = requested.length === 0 && hasTransient;
    const wanted = protectTransient ? [mspId] : requested;
    const peers = candidates
        .of(channel, chaincode)
        .filter((peer) => wanted.length === 0 || wanted.includes(peer.mspId));
    if (peers.length === 0) {
        const hint = protectTransient
            ? "no endorsers found in the gateway's organization; retry specifying target organization(s) to protect transient data: "
            : '';
        throw noPeers({ chaincode, channelId }, hint);
    }
    return [...peers.filter((peer) => peer.mspId === mspId), ...peers.filter((peer) => peer.mspId !== mspId)];
}

function noPeers({ chaincode, channelId }: Pick<ProposedTransaction, 'chaincode' | 'channelId'>, hint = ''): Error {
    const text = `no peers available to evaluate chaincode ${chaincode} in channel ${channelId}`;
    return gatewayError(GrpcCode.FAILED_PRECONDITION, hint + text);
}

/** The response without its payload twice: the payload that the endorser would vouch for is the one to return. */
function resultOf(answer: protos.ProposalResponse.$Properties): protos.Response.$Properties {
    const { status, message } = answer.response ?? {};
    const payload = endorsedPayload(asBuffer(answer.payload)) ?? asBuffer(answer.response?.payload);
    return { ...(status && { status }), ...(message && { message }), ...(payload.length > 0 && { payload }) };
}

function endorsedPayload(bytes: Buffer): Buffer | undefined {
    if (bytes.length === 0) return undefined;
    try {
        const { extension } = decode(protos.ProposalResponsePayload, bytes, 'ProposalResponsePayload');
        const { response } = decode(protos.ChaincodeAction, asBuffer(extension), 'ChaincodeAction');
        return response ? asBuffer(response.payload) : undefined;
    } catch {
        return undefined;
    }
}
