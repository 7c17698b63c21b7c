// SPDX-License-Identifier: Apache-2.0
import { collectionOf, organisationOfImplicit, type Collection } from '../ledger/privateData/collections.js';
import type { PeerChannel } from '../lifecycle/peerChannels.js';
import { logger } from '../process/logging.js';
import { encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { privatedata, type rwset } from '../wire/protobuf.js';
import { memberOrganisations } from './collectionMembers.js';
import type { MemberPeer, MemberPeers } from './memberPeers.js';
import { pushPath } from './signedRequest.js';

interface DistributorOptions {
    readonly peers: MemberPeers;
    /** The own organisation. */
    readonly mspId: string;
    /** peer.gossip.pvtData.pushAckTimeout */
    readonly pushTimeoutMs: number;
    /** peer.gossip.pvtData.implicitCollectionDisseminationPolicy, for the own organisation's implicit collection. */
    readonly implicit: { readonly requiredPeerCount: number; readonly maximumPeerCount: number };
}

/** One push of one collection. */
interface Dissemination {
    readonly peer: MemberPeer;
    readonly isRequired: boolean;
    readonly push: Buffer;
    readonly collection: string;
}

const log = logger('gossip.privdata');

/** Sends the clear text of an endorsed transaction to other members' peers (gossip/privdata/distributor.go). */
export class Distributor {
    readonly #options: DistributorOptions;

    constructor(options: DistributorOptions) {
        this.#options = options;
    }

    /** Resolves when as many peers have the data as each collection requires. Throws with Fabric's text when they cannot. */
    async distribute(channel: PeerChannel, txId: string, pvtRwset: rwset.TxPvtReadWriteSet.$Properties): Promise<void> {
        const { channelId } = channel.ledger;
        try {
            const plan = this.#plan(channel, txId, pvtRwset);
            const results = await Promise.all(plan.map((one) => this.#send(channelId, txId, one)));
            const failed = results.filter((succeeded) => !succeeded).length;
            if (failed > 0) {
                throw new Error(
                    `Failed disseminating ${String(failed)} out of ${String(plan.length)} private dissemination plans`,
                );
            }
        } catch (cause) {
            throw new Error(
                `failed to distribute private collection, txID ${txId}, channel ${channelId}: ${errorText(cause)}`,
                { cause },
            );
        }
    }

    #plan(channel: PeerChannel, txId: string, pvtRwset: rwset.TxPvtReadWriteSet.$Properties): Dissemination[] {
        const reader = channel.ledger.newReader();
        try {
            return (pvtRwset.nsPvtRwset ?? []).flatMap(({ namespace, collectionPvtRwset }) =>
                (collectionPvtRwset ?? []).flatMap((write) => {
                    const name = write.collectionName ?? '';
                    const collection = collectionOf(reader, namespace ?? '', name);
                    if (collection === undefined) throw new Error(`no configuration for collection ${name} found`);
                    const nsPvtRwset = [{ namespace: namespace ?? '', collectionPvtRwset: [write] }];
                    const push = encode(privatedata.Push, { txId, pvtRwset: { nsPvtRwset } });
                    return this.#planOf(channel, namespace ?? '', collection, push);
                }),
            );
        } finally {
            reader.release();
        }
    }

    #planOf(channel: PeerChannel, namespace: string, collection: Collection, push: Buffer): Dissemination[] {
        const { requiredPeerCount, maximumPeerCount } = this.#countsOf(collection);
        const eligible = this.#options.peers.of(channel.configuration(), memberOrganisations(collection));
        if (eligible.length < requiredPeerCount) {
            throw new Error(
                `could not build private data dissemination plan for chaincode ${namespace} and collection ${collection.name}: ` +
                    `required to disseminate to at least ${String(requiredPeerCount)} peers, ` +
                    `but know of only ${String(eligible.length)} eligible peers`,
            );
        }
        return inTurnsByOrganisation(eligible)
            .slice(0, maximumPeerCount)
            .map((peer, index) => ({
                peer,
                isRequired: index < requiredPeerCount,
                push,
                collection: collection.name,
            }));
    }

    /** Of implicit collections only the own organisation's is sent to others, its own peers. */
    #countsOf(collection: Collection): Pick<Collection, 'requiredPeerCount' | 'maximumPeerCount'> {
        const mspId = organisationOfImplicit(collection.name);
        if (mspId === undefined) return collection;
        return mspId === this.#options.mspId ? this.#options.implicit : { requiredPeerCount: 0, maximumPeerCount: 0 };
    }

    /** True unless a required peer did not take the data; the endorsement does not wait for the others. */
    async #send(
        channelId: string,
        txId: string,
        { peer, isRequired, push, collection }: Dissemination,
    ): Promise<boolean> {
        const sent = peer.call(pushPath, channelId, push, this.#options.pushTimeoutMs).then(
            () => true,
            (error: unknown) => {
                log.warning(
                    `[${channelId}] Failed disseminating private RWSet for TxID ${txId}, collection ${collection} ` +
                        `to ${peer.address}: ${errorText(error)}`,
                );
                return false;
            },
        );
        return isRequired ? await sent : true;
    }
}

/** One peer of each organisation first, then the others; at random within. */
function inTurnsByOrganisation(peers: readonly MemberPeer[]): MemberPeer[] {
    const shuffled = peers
        .map((peer) => ({ peer, order: Math.random() }))
        .sort((a, b) => a.order - b.order)
        .map(({ peer }) => peer);
    const first = new Map<string, MemberPeer>();
    for (const peer of shuffled) if (!first.has(peer.mspId)) first.set(peer.mspId, peer);
    const leading = [...first.values()];
    return [...leading, ...shuffled.filter((peer) => !leading.includes(peer))];
}
