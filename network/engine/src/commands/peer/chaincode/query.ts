// SPDX-License-Identifier: Apache-2.0
import { logger } from '../../../process/logging.js';
import { newSignedProposal } from '../../../wire/envelope.js';
import { errorText } from '../../../wire/errorText.js';
import type { Invocation } from '../commandLine.js';
import { responseText } from '../goText.js';
import { loadPeerEnvironment } from '../peerEnvironment.js';
import { processProposal, responseOf } from '../processProposal.js';
import { chaincodeArguments, transientMap } from './chaincodeArguments.js';
import { connectChaincodePeers, requireChannel } from './connectChaincodePeers.js';

const log = logger('chaincodeCmd');

/** `peer chaincode query -C CHANNEL -n NAME -c ARGUMENTS`: prints what the chaincode returns. */
export async function query(invocation: Invocation): Promise<void> {
    const channelId = requireChannel(invocation);
    const environment = loadPeerEnvironment(invocation.env);
    log.info('InitCmdFactory: Entry: query, true, false');
    const [peer] = await connectChaincodePeers(invocation, environment);
    if (peer === undefined) {
        throw new Error('no endorser clients retrieved - this might indicate a bug');
    }
    try {
        const args = chaincodeArguments(invocation);
        const transient = transientMap(invocation);
        const content = { channelId, chaincode: invocation.text('name'), args, transient };
        const { signedProposal } = newSignedProposal(environment.signer, content);
        const answer = await processProposal(peer, signedProposal).catch((error: unknown) => {
            throw new Error(`error endorsing query: ${errorText(error)} - proposal response: <nil>`, { cause: error });
        });
        if (answer.endorsement === null || answer.endorsement === undefined) {
            throw new Error(`endorsement failure during query. response: ${responseText(answer.response ?? {})}`);
        }
        print(invocation, responseOf(answer).payload);
    } finally {
        peer.channel.close();
    }
}

function print(invocation: Invocation, payload: Buffer): void {
    const [raw, hex] = [invocation.boolean('raw'), invocation.boolean('hex')];
    if (raw && hex) {
        throw new Error('options --raw (-r) and --hex (-x) are not compatible');
    }
    if (raw) {
        process.stdout.write(`[${[...payload].join(' ')}]\n`);
    } else if (hex) {
        process.stdout.write(`${payload.toString('hex')}\n`);
    } else {
        process.stdout.write(Buffer.concat([payload, Buffer.from('\n')]));
    }
}
