// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { logger } from '../../../process/logging.js';
import { newSignedProposal } from '../../../wire/envelope.js';
import { type Invocation, UsageError } from '../commandLine.js';
import { fileErrorText } from '../fileErrorText.js';
import { processProposal, responseOf } from '../processProposal.js';
import { connectChannelPeer } from './connectChannelPeer.js';

const log = logger('channelCmd');

/** `peer channel join -b FILE` */
export async function join(invocation: Invocation): Promise<void> {
    const file = invocation.text('blockpath');
    if (file === '') {
        throw new UsageError('Must supply genesis block path');
    }
    const { peer, signer } = await connectChannelPeer(invocation);
    try {
        const args = [Buffer.from('JoinChain'), readBlock(file)];
        const { signedProposal } = newSignedProposal(signer, { channelId: '', chaincode: 'cscc', args });
        const { status, message } = responseOf(await processProposal(peer, signedProposal).catch(failed));
        if (status !== 0 && status !== 200) {
            failed(new Error(`bad proposal response ${String(status)}: ${message}`));
        }
        log.info('Successfully submitted proposal to join channel');
    } finally {
        peer.channel.close();
    }
}

function readBlock(file: string): Buffer {
    try {
        return readFileSync(file);
    } catch (error) {
        throw new Error(`genesis block file not found ${fileErrorText(error, file)}`, { cause: error });
    }
}

function failed(error: Error): never {
    throw new Error(`proposal failed (err: ${error.message})`, { cause: error });
}
