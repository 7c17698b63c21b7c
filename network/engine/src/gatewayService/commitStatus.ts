// SPDX-License-Identifier: Apache-2.0
import type { AccessControl } from '../lifecycle/accessControl.js';
import type { PeerChannel, PeerChannels } from '../lifecycle/peerChannels.js';
import type { CallContext } from '../process/serviceTable.js';
import { GrpcCode } from '../process/grpcStatus.js';
import { asBuffer, decode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { gateway } from '../wire/protobuf.js';
import { CommitNotifier } from './commitNotifier.js';
import { gatewayError } from './gatewayError.js';
import { checkGatewayAccess } from './gatewayAccess.js';

interface CommitStatusDependencies {
    readonly channels: PeerChannels;
    readonly accessControl: AccessControl;
}

/** Answers when this peer has committed a transaction (internal/pkg/gateway/commitstatus.go). */
export class CommitStatus {
    readonly #dependencies: CommitStatusDependencies;
    readonly #notifiers = new WeakMap<PeerChannel['ledger'], CommitNotifier>();

    constructor(dependencies: CommitStatusDependencies) {
        this.#dependencies = dependencies;
    }

    async handle(
        signed: gateway.SignedCommitStatusRequest,
        call: Pick<CallContext, 'signal' | 'deadline'>,
    ): Promise<gateway.CommitStatusResponse.$Properties> {
        const { channels, accessControl } = this.#dependencies;
        const { channelId, transactionId, identity } = readRequest(signed);
        checkGatewayAccess(accessControl, 'gateway/CommitStatus', channelId, {
            data: asBuffer(signed.request),
            identity: asBuffer(identity),
            signature: asBuffer(signed.signature),
        });
        const channel = channels.get(channelId);
        if (channel === undefined) throw gatewayError(GrpcCode.NOT_FOUND, `channel does not exist: ${channelId}`);
        const { code, blockNumber } = await this.#outcome(channel, transactionId, call);
        return { ...(code !== 0 && { result: code }), ...(blockNumber !== 0 && { blockNumber }) };
    }

    async #outcome(
        channel: PeerChannel,
        transactionId: string,
        { signal, deadline }: Pick<CallContext, 'signal' | 'deadline'>,
    ): Promise<{ readonly code: number; readonly blockNumber: number }> {
        let notifier = this.#notifiers.get(channel.ledger);
        if (notifier === undefined) {
            notifier = new CommitNotifier(channel);
            this.#notifiers.set(channel.ledger, notifier);
        }
        try {
            return await notifier.outcomeOf(transactionId, signal);
        } catch {
            const expired = deadline !== undefined && deadline.getTime() <= Date.now();
            throw expired
                ? gatewayError(GrpcCode.DEADLINE_EXCEEDED, 'context deadline exceeded')
                : gatewayError(GrpcCode.CANCELLED, 'context canceled');
        }
    }
}

function readRequest(signed: gateway.SignedCommitStatusRequest): gateway.CommitStatusRequest {
    const bytes = asBuffer(signed.request);
    if (bytes.length === 0) throw gatewayError(GrpcCode.INVALID_ARGUMENT, 'a commit status request is required');
    let request: gateway.CommitStatusRequest;
    try {
        request = decode(gateway.CommitStatusRequest, bytes, 'CommitStatusRequest');
    } catch (error) {
        const reason = errorText(error);
        throw gatewayError(GrpcCode.INVALID_ARGUMENT, `invalid status request: ${reason}`);
    }
    const missing =
        (asBuffer(request.identity).length === 0 && 'no identity provided') ||
        (request.channelId === '' && 'no channel ID provided') ||
        (request.transactionId === '' && 'transaction ID should not be empty');
    if (missing) throw gatewayError(GrpcCode.INVALID_ARGUMENT, missing);
    return request;
}
