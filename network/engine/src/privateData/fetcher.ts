// SPDX-License-Identifier: Apache-2.0
import type { WantedWrite } from '../ledger/privateData/blockPrivateData.js';
import { collectionOf } from '../ledger/privateData/collections.js';
import type { ClearWrite } from '../ledger/privateData/privateDataStore.js';
import type { PeerChannel } from '../lifecycle/peerChannels.js';
import { logger } from '../process/logging.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { sha256 } from '../wire/hashing.js';
import { privatedata } from '../wire/protobuf.js';
import { memberOrganisations } from './collectionMembers.js';
import type { MemberPeer, MemberPeers } from './memberPeers.js';
import { fetchPath } from './signedRequest.js';

const log = logger('gossip.privdata');

/** Write sets in one request; one that is answered in full stays far below a message's limit. */
const digestsAtOnce = 100;

/** Asks other members' peers for private data that this peer lacks. */
export class Fetcher {
    readonly #peers: MemberPeers;
    readonly #timeoutMs: number;

    /** `timeoutMs`: how long one peer may take to answer. */
    constructor(peers: MemberPeers, timeoutMs: number) {
        this.#peers = peers;
        this.#timeoutMs = timeoutMs;
    }

    /**
     * One round over the members' peers, at most. What they answered is to be verified: purged keys may be left out of it,
     * and not every peer is honest. In a hurry, peers that were out of reach lately are passed over.
     */
    async fetch(channel: PeerChannel, wanted: readonly WantedWrite[], isHurried: boolean): Promise<ClearWrite[]> {
        const holders = this.#holdersOf(channel, wanted);
        const found: ClearWrite[] = [];
        const lacking = new Set(wanted);
        for (const peer of new Set([...holders.values()].flat())) {
            const asked = [...lacking].filter((write) => holders.get(write)?.includes(peer)).slice(0, digestsAtOnce);
            if ((isHurried && peer.suspect) || asked.length === 0) continue;
            for (const { write, rwset } of await this.#ask(channel, peer, asked)) {
                found.push({ ...write, rwset });
                if (sha256(rwset).equals(write.hash)) lacking.delete(write);
            }
        }
        return found;
    }

    #holdersOf(channel: PeerChannel, wanted: readonly WantedWrite[]): Map<WantedWrite, MemberPeer[]> {
        const reader = channel.ledger.newReader();
        try {
            return new Map(
                wanted.map((write) => {
                    const collection = collectionOf(reader, write.namespace, write.collection);
                    const members = collection === undefined ? new Set<string>() : memberOrganisations(collection);
                    return [write, this.#peers.of(channel.configuration(), members)];
                }),
            );
        } finally {
            reader.release();
        }
    }

    async #ask(
        { ledger: { channelId } }: PeerChannel,
        peer: MemberPeer,
        asked: readonly WantedWrite[],
    ): Promise<{ readonly write: WantedWrite; readonly rwset: Buffer }[]> {
        const digests = asked.map(({ txId, version, namespace, collection }) => ({
            txId,
            ...version,
            namespace,
            collection,
        }));
        try {
            const answer = await peer.call(
                fetchPath,
                channelId,
                encode(privatedata.Fetch, { digests }),
                this.#timeoutMs,
            );
            const { elements } = decode(privatedata.Found, answer, 'Found');
            return elements.flatMap(({ digest, rwsets }) => {
                const write = asked.find((one) => isAbout(digest, one));
                return write === undefined ? [] : (rwsets ?? []).map((rwset) => ({ write, rwset: asBuffer(rwset) }));
            });
        } catch (error) {
            log.warning(`[${channelId}] ${peer.address} gave no private data: ${errorText(error)}`);
            return [];
        }
    }
}

function isAbout(digest: privatedata.Digest.$Properties | null | undefined, write: WantedWrite): boolean {
    return (
        (digest?.blockNum ?? 0) === write.version.blockNum &&
        (digest?.txNum ?? 0) === write.version.txNum &&
        digest?.namespace === write.namespace &&
        digest.collection === write.collection
    );
}
