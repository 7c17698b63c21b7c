// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import type { PeerEndorser } from '../gatewayService/peerEndorser.js';
import type { PeerChannel } from '../lifecycle/peerChannels.js';
import { logger } from '../process/logging.js';
import { asBuffer, decode } from '../wire/decode.js';
import { newSignedProposal, type Signer } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import { common, type protos } from '../wire/protobuf.js';
import type { KnownPeer } from './knownPeer.js';

const log = logger('discovery');
const answerTimeoutMs = 2_000;

/** What a peer proves about itself: its identity, and the height of its chain. */
type Introduced = Pick<KnownPeer, 'identity' | 'height'>;

/**
 * Asks a peer for the height of its chain; the endorsement of the answer shows who it is. Undefined for a peer that does
 * not answer within two seconds, or is not a member of the organisation whose anchor peer it should be.
 */
export async function introduce(
    channel: PeerChannel,
    member: PeerEndorser,
    signer: Signer,
): Promise<Introduced | undefined> {
    const { channelId } = channel.ledger;
    const args = ['GetChainInfo', channelId].map((argument) => Buffer.from(argument));
    const timeout = new AbortController();
    try {
        const { signedProposal } = newSignedProposal(signer, { channelId, chaincode: 'qscc', args });
        const late = sleep(answerTimeoutMs, undefined, { ref: false, signal: timeout.signal });
        late.catch(() => undefined);
        const answer = await Promise.race([member.process(signedProposal), late]);
        if (answer === undefined) throw new Error('no answer in time');
        if (!answer.ok) throw new Error(answer.message);
        return introducedBy(channel, member, answer.response);
    } catch (error) {
        log.debug(`peer ${member.address} of ${member.mspId} is left out: ${errorText(error)}`);
        return undefined;
    } finally {
        timeout.abort();
    }
}

function introducedBy(
    channel: PeerChannel,
    member: PeerEndorser,
    { response, payload, endorsement }: protos.ProposalResponse.$Properties,
): Introduced {
    const { msps } = channel.configuration();
    const identity = asBuffer(endorsement?.endorser);
    const claimed = msps.deserialize(identity);
    msps.validate(claimed);
    if (claimed.mspId !== member.mspId) throw new Error(`it is a peer of ${claimed.mspId}`);
    const signed = Buffer.concat([asBuffer(payload), identity]);
    if (!claimed.verify(signed, asBuffer(endorsement?.signature))) throw new Error('its signature is not valid');
    const { height } = decode(common.BlockchainInfo, asBuffer(response?.payload), 'BlockchainInfo');
    return { identity, height };
}
