// SPDX-License-Identifier: Apache-2.0
import { logger } from '../../../process/logging.js';
import type { Invocation } from '../commandLine.js';
import { failure, UsageError } from '../failure.js';
import { broadcast, connectOrderer } from '../ordererConnection.js';
import { loadPeerEnvironment } from '../peerEnvironment.js';
import { reportConnected } from './connectChannelPeer.js';
import { signedUpdate, updateFile } from './signedUpdate.js';

const log = logger('channelCmd');

/** `peer channel update -f FILE -c CHANNEL -o ORDERER`: signs the update in the file and sends it. */
export async function updateChannel(invocation: Invocation): Promise<void> {
    const channelId = invocation.text('channelID');
    if (channelId === '') {
        throw new UsageError('Must supply channel ID');
    }
    const file = updateFile(invocation);
    const { settings, signer } = loadPeerEnvironment(invocation.env);
    reportConnected();
    const envelope = signedUpdate(file, channelId, signer);
    const orderer = await connectOrderer(invocation, settings, invocation.text('orderer')).catch(
        failure('Error getting broadcast client'),
    );
    try {
        await broadcast([orderer], envelope);
    } finally {
        orderer.close();
    }
    log.info('Successfully submitted channel update');
}
