// SPDX-License-Identifier: Apache-2.0
import { decode } from '../../../wire/decode.js';
import { newSignedProposal } from '../../../wire/envelope.js';
import { common } from '../../../wire/protobuf.js';
import { type Invocation, UsageError } from '../commandLine.js';
import { processProposal, responseOf } from '../processProposal.js';
import { connectChannelPeer } from './connectChannelPeer.js';
import { failure } from '../failure.js';

/** `peer channel getinfo -c CHANNEL` */
export async function getInfo(invocation: Invocation): Promise<void> {
    const channelId = invocation.text('channelID');
    if (channelId === '') {
        throw new UsageError('Must supply channel ID');
    }
    const { peer, signer } = await connectChannelPeer(invocation);
    try {
        const args = [Buffer.from('GetChainInfo'), Buffer.from(channelId)];
        const { signedProposal } = newSignedProposal(signer, { channelId: '', chaincode: 'qscc', args });
        const answer = await processProposal(peer, signedProposal).catch(failure('failed sending proposal'));
        const { status, message, payload } = responseOf(answer);
        if (status !== 200) {
            throw new Error(`received bad response, status ${String(status)}: ${message}`);
        }
        const info = decode(common.BlockchainInfo, payload, 'BlockchainInfo');
        process.stdout.write(`Blockchain info: ${blockchainInfoJson(info)}\n`);
    } finally {
        peer.channel.close();
    }
}

/** Go's JSON of the message: zero values are left out. */
function blockchainInfoJson({ height, currentBlockHash, previousBlockHash }: common.BlockchainInfo): string {
    return JSON.stringify({
        ...(height === 0 ? {} : { height }),
        ...base64Field('currentBlockHash', currentBlockHash),
        ...base64Field('previousBlockHash', previousBlockHash),
    });
}

function base64Field(name: string, value: Uint8Array): Record<string, string> {
    return value.length === 0 ? {} : { [name]: Buffer.from(value).toString('base64') };
}
