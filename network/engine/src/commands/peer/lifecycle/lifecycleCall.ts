// SPDX-License-Identifier: Apache-2.0
import type { Signer } from '../../../wire/envelope.js';
import { newSignedProposal, type NewProposal } from '../../../wire/envelope.js';
import type { Invocation } from '../commandLine.js';
import { failure, usageFailure } from '../failure.js';
import { connectPeer, type PeerConnection, peerTargets } from '../peerConnections.js';
import { loadPeerEnvironment, type PeerEnvironment } from '../peerEnvironment.js';
import { processProposal, responseOf } from '../processProposal.js';

/** A verb's environment with its peers connected. */
export interface LifecycleContext extends PeerEnvironment {
    readonly peers: readonly [PeerConnection, ...PeerConnection[]];
    close(): void;
}

/** Connects to the peers of the command line. @throws Error with Fabric's text (internal/peer/lifecycle/chaincode/client_connections.go). */
async function openLifecycle(invocation: Invocation): Promise<LifecycleContext> {
    const environment = loadPeerEnvironment(invocation.env);
    const { settings } = environment;
    const targets = peerTargets(invocation, settings, 'failed to validate peer connection parameters');
    const [first, ...rest] = await Promise.all(
        targets.map((target) =>
            connectPeer(settings, target).catch(
                usageFailure(`failed to retrieve endorser client for ${invocation.command}`),
            ),
        ),
    );
    if (first === undefined) {
        throw new Error('no endorser clients retrieved');
    }
    const peers: LifecycleContext['peers'] = [first, ...rest];
    return {
        ...environment,
        peers,
        close: () => {
            for (const { channel } of peers) {
                channel.close();
            }
        },
    };
}

/** A signed call of a function of _lifecycle; `channelId` is empty for functions about the peer itself. */
export function lifecycleProposal(signer: Signer, channelId: string, functionName: string, args: Buffer): NewProposal {
    return newSignedProposal(signer, { channelId, chaincode: '_lifecycle', args: [Buffer.from(functionName), args] });
}

/**
 * Calls a function of _lifecycle on one peer and returns what it answers.
 * @param failure how the error of an answer other than 200 starts, such as `query failed`.
 */
export async function callLifecycle(
    { signer, peers: [peer] }: LifecycleContext,
    call: {
        readonly channelId: string;
        readonly functionName: string;
        readonly args: Buffer;
        readonly failure: string;
    },
): Promise<Buffer> {
    const { signedProposal } = lifecycleProposal(signer, call.channelId, call.functionName, call.args);
    const answer = await processProposal(peer, signedProposal).catch(failure('failed to endorse proposal'));
    const { status, message, payload } = responseOf(answer);
    if (status !== 200) {
        throw new Error(`${call.failure} with status: ${String(status)} - ${message}`);
    }
    return payload;
}

/** Opens the peers for the time of one verb. */
export async function withLifecycle(
    invocation: Invocation,
    work: (context: LifecycleContext) => Promise<void>,
): Promise<void> {
    const context = await openLifecycle(invocation);
    try {
        await work(context);
    } finally {
        context.close();
    }
}
