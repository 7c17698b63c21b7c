// SPDX-License-Identifier: Apache-2.0
import { collectionOf } from '../ledger/privateData/collections.js';
import type { PeerChannel } from '../lifecycle/peerChannels.js';
import type { rwset } from '../wire/protobuf.js';
import { isCollectionMember } from './collectionMembers.js';

/**
 * What a reader, whose signature was checked before, may see of a block's private data: by transaction number, the
 * collections that it is a member of and this peer has (core/peer/deliverevents.go).
 */
export async function deliveredPrivateData(
    channel: PeerChannel,
    blockNumber: number,
    reader: Buffer,
): Promise<ReadonlyMap<number, rwset.TxPvtReadWriteSet.$Properties>> {
    const writes = await channel.ledger.privateData.ofBlock(blockNumber);
    const state = channel.ledger.newReader();
    const sets = new Map<number, Map<string, rwset.CollectionPvtReadWriteSet.$Properties[]>>();
    try {
        for (const { version, namespace, collection: collectionName, rwset } of writes) {
            const collection = collectionOf(state, namespace, collectionName);
            if (collection === undefined) continue;
            if (!isCollectionMember(collection, reader, channel.configuration().msps)) continue;
            const namespaces =
                sets.get(version.txNum) ?? new Map<string, rwset.CollectionPvtReadWriteSet.$Properties[]>();
            sets.set(version.txNum, namespaces);
            namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), { collectionName, rwset }]);
        }
    } finally {
        state.release();
    }
    return new Map(
        [...sets].map(([txNum, namespaces]) => [
            txNum,
            {
                nsPvtRwset: [...namespaces].map(([namespace, collectionPvtRwset]) => ({
                    namespace,
                    collectionPvtRwset,
                })),
            },
        ]),
    );
}
