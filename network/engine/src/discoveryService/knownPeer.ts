// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../wire/hashing.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { type discovery, gossip, msp } from '../wire/protobuf.js';

interface RunningChaincode {
    readonly name: string;
    readonly version: string;
}

/** A peer of a channel, as the discovery service shows it. */
export interface KnownPeer {
    readonly mspId: string;
    /** `host:port` for clients; '' when the peer does not tell. */
    readonly endpoint: string;
    /** msp.SerializedIdentity bytes. */
    readonly identity: Buffer;
    /** Number of blocks of the channel. */
    readonly height: number;
    readonly chaincodes: readonly RunningChaincode[];
    /** Signs for the peer; only this peer's own key is here. */
    readonly signer?: Signer;
}

const emptyTag = 1;
const channelOrOrganisationTag = 5;

/**
 * A peer in the form that gossip gives it (gossip/protoext). Clients read the messages without looking at signatures,
 * which the engine can give for its own peer only.
 */
export function discoveredPeer(peer: KnownPeer, channelId: string | undefined): discovery.Peer.$Properties {
    const { endpoint, identity, height, chaincodes } = peer;
    const pkiId = pkiIdOf(identity);
    // How old the news is: peers that gossip count up; here it is new with each answer.
    const timestamp = { incNum: Date.now(), seqNum: 1 };
    const membershipInfo = signedMessage(peer, {
        tag: emptyTag,
        aliveMsg: { membership: { endpoint, pkiId }, timestamp },
    });
    if (channelId === undefined) return { membershipInfo, identity };
    const stateInfo = signedMessage(peer, {
        tag: channelOrOrganisationTag,
        stateInfo: {
            timestamp,
            pkiId,
            channel_MAC: sha256(pkiId, Buffer.from(channelId)),
            properties: { ledgerHeight: height, chaincodes: [...chaincodes] },
        },
    });
    return { stateInfo, membershipInfo, identity };
}

/** Peers by MSP id, as answers hold them. */
export function peersByOrganisation(
    peers: readonly KnownPeer[],
    channelId: string | undefined,
): Record<string, discovery.Peers.$Properties> {
    return Object.fromEntries(
        [...Map.groupBy(peers, ({ mspId }) => mspId)].map(([mspId, ofOne]) => [
            mspId,
            { peers: ofOne.map((peer) => discoveredPeer(peer, channelId)) },
        ]),
    );
}

function signedMessage({ signer }: KnownPeer, message: gossip.GossipMessage.$Properties): gossip.Envelope.$Properties {
    const payload = encode(gossip.GossipMessage, message);
    return { payload, ...(signer !== undefined && { signature: signer.sign(payload) }) };
}

/** internal/pkg/peer/gossip mcs.go GetPKIidOfCert */
function pkiIdOf(identity: Buffer): Buffer {
    const { mspid, idBytes } = decode(msp.SerializedIdentity, identity, 'SerializedIdentity');
    return sha256(Buffer.from(mspid), asBuffer(idBytes));
}
