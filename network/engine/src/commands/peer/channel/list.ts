// SPDX-License-Identifier: Apache-2.0
import { decode } from '../../../wire/decode.js';
import { newSignedProposal } from '../../../wire/envelope.js';
import { errorText } from '../../../wire/errorText.js';
import { protos } from '../../../wire/protobuf.js';
import { type Invocation, UsageError } from '../commandLine.js';
import { processProposal, responseOf } from '../processProposal.js';
import { connectChannelPeer } from './connectChannelPeer.js';

/** `peer channel list` */
export async function list(invocation: Invocation): Promise<void> {
    if (invocation.operands.length > 0) {
        throw new UsageError(`trailing args detected: [${invocation.operands.join(' ')}]`);
    }
    const { peer, signer } = await connectChannelPeer(invocation);
    try {
        const args = [Buffer.from('GetChannels')];
        const { signedProposal } = newSignedProposal(signer, { channelId: '', chaincode: 'cscc', args });
        const answer = await processProposal(peer, signedProposal).catch((error: unknown) => {
            throw new Error(`Failed sending proposal, got ${errorText(error)}`, { cause: error });
        });
        const { status, message, payload } = responseOf(answer);
        if (status !== 200) {
            throw new Error(`Received bad response, status ${String(status)}: ${message}`);
        }
        const { channels } = decode(protos.ChannelQueryResponse, payload, 'ChannelQueryResponse');
        const names = channels.map(({ channelId }) => `${channelId ?? ''}\n`).join('');
        process.stdout.write(`Channels peers has joined: \n${names}`);
    } finally {
        peer.channel.close();
    }
}
