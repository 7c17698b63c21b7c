// SPDX-License-Identifier: Apache-2.0
import { type Invocation, UsageError } from '../commandLine.js';
import { failure } from '../failure.js';
import { connectPeer, type PeerConnection, peerTargets } from '../peerConnections.js';
import type { PeerEnvironment } from '../peerEnvironment.js';

/** Connects to all peers of the command line. @throws Error with Fabric's text (internal/peer/chaincode/common.go, InitCmdFactory). */
export async function connectChaincodePeers(
    invocation: Invocation,
    { settings }: PeerEnvironment,
): Promise<readonly PeerConnection[]> {
    const targets = peerTargets(invocation, settings, 'error validating peer connection parameters');
    return Promise.all(
        targets.map((target) =>
            connectPeer(settings, target).catch(failure(`error getting endorser client for ${invocation.command}`)),
        ),
    );
}

/** @throws UsageError without a channel. */
export function requireChannel(invocation: Invocation): string {
    const channelId = invocation.text('channelID');
    if (channelId === '') {
        throw new UsageError("The required parameter 'channelID' is empty. Rerun the command with -C flag");
    }
    return channelId;
}
