// SPDX-License-Identifier: Apache-2.0
import type { GrpcChannel } from '../../../process/grpcClient.js';
import { logger } from '../../../process/logging.js';
import { assembleTransaction, type NewProposal } from '../../../wire/envelope.js';
import type { common, protos } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { CommitWait } from '../commitWait.js';
import { failure, usageFailure } from '../failure.js';
import { broadcast, connectOrderer } from '../ordererConnection.js';
import { ordererEndpoints } from '../ordererEndpoints.js';
import { clientCertificateHash } from '../peerConnections.js';
import { processProposal, responseOf } from '../processProposal.js';
import { requireDefinition } from './definitionArguments.js';
import { type LifecycleContext, lifecycleProposal, withLifecycle } from './lifecycleCall.js';

const log = logger('cli.lifecycle.chaincode');

/**
 * Approves or commits a definition: endorses the call on every peer given, sends the transaction and waits until each peer
 * has committed it, unless `--waitForEvent=false`.
 */
export function submitDefinition(invocation: Invocation, functionName: string, args: Buffer): Promise<void> {
    return withLifecycle(invocation, async (context) => {
        const channelId = invocation.text('channelID');
        const orderers = await connectOrderers(invocation, context, channelId);
        try {
            requireDefinition(invocation);
            const proposal = lifecycleProposal(context.signer, channelId, functionName, args);
            const envelope = assemble(context, proposal, await endorse(context, proposal));
            const wait = await openWait(invocation, context, proposal.txId);
            await broadcast(orderers, envelope).catch((error: unknown) => {
                wait?.close();
                failure('failed to send transaction')(error);
            });
            await wait?.done();
        } finally {
            for (const channel of orderers) {
                channel.close();
            }
        }
    });
}

async function connectOrderers(
    invocation: Invocation,
    { settings, signer, peers: [peer] }: LifecycleContext,
    channelId: string,
): Promise<readonly GrpcChannel[]> {
    const addresses = await ordererEndpoints(invocation.text('orderer'), peer, signer, channelId, log);
    return Promise.all(addresses.map((address) => connectOrderer(invocation, settings, address))).catch(
        usageFailure('failed to retrieve broadcast client'),
    );
}

async function endorse(
    { peers }: LifecycleContext,
    { signedProposal }: NewProposal,
): Promise<readonly protos.ProposalResponse[]> {
    const responses: protos.ProposalResponse[] = [];
    for (const peer of peers) {
        responses.push(await processProposal(peer, signedProposal).catch(failure('failed to endorse proposal')));
    }
    return responses;
}

function assemble(
    { signer }: LifecycleContext,
    { proposal }: NewProposal,
    responses: readonly protos.ProposalResponse[],
): common.Envelope {
    const [first] = responses.map(responseOf);
    if (first !== undefined && first.status !== 200) {
        throw new Error(`proposal failed with status: ${String(first.status)} - ${first.message}`);
    }
    try {
        return assembleTransaction(signer, proposal, responses);
    } catch (error) {
        return failure('failed to create signed transaction')(error);
    }
}

async function openWait(
    invocation: Invocation,
    { peers, signer, settings }: LifecycleContext,
    txId: string,
): Promise<CommitWait | undefined> {
    if (!invocation.boolean('waitForEvent')) {
        return undefined;
    }
    return CommitWait.open({
        peers,
        signer,
        tlsCertHash: clientCertificateHash(settings),
        channelId: invocation.text('channelID'),
        txId,
        timeoutMs: invocation.durationMs('waitForEventTimeout'),
    });
}
