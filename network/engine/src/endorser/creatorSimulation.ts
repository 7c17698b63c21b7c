// SPDX-License-Identifier: Apache-2.0
import type { Collection } from '../ledger/privateData/collections.js';
import type { Simulation } from '../ledger/simulation/simulation.js';
import type { PeerChannel } from '../lifecycle/peerChannels.js';
import { isCollectionMember } from '../privateData/collectionMembers.js';

/** A simulation that lets a proposal's creator, whose signature was checked before, use the collections it may. */
export function simulationFor(
    { txId, creator }: { readonly txId: string; readonly creator: Buffer },
    channel: PeerChannel,
): Simulation {
    const isMember = (collection: Collection): boolean =>
        isCollectionMember(collection, creator, channel.configuration().msps);
    return channel.ledger.newSimulation(txId, isMember);
}
