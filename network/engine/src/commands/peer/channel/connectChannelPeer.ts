// SPDX-License-Identifier: Apache-2.0
import { logger } from '../../../process/logging.js';
import { failure } from '../failure.js';
import { connectPeer, type PeerConnection } from '../peerConnections.js';
import { loadPeerEnvironment, type PeerEnvironment } from '../peerEnvironment.js';
import type { Invocation } from '../commandLine.js';

const log = logger('channelCmd');

/** The environment of a channel verb and a connection to the peer it is about. */
export async function connectChannelPeer(
    invocation: Invocation,
): Promise<PeerEnvironment & { readonly peer: PeerConnection }> {
    const environment = loadPeerEnvironment(invocation.env);
    const peer = await connectPeer(environment.settings, { address: '', tlsRootFile: '' }).catch(
        failure('error getting endorser client for channel'),
    );
    reportConnected();
    return { ...environment, peer };
}

/** Scripts wait for this line. */
export function reportConnected(): void {
    log.info('Endorser and orderer connections initialized');
}
