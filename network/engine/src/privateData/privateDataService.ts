// SPDX-License-Identifier: Apache-2.0
import { collectionOf, type Collection } from '../ledger/privateData/collections.js';
import type { PeerChannel, PeerChannels } from '../lifecycle/peerChannels.js';
import { GrpcCode, GrpcStatus } from '../process/grpcStatus.js';
import { receivedRequest } from '../process/receivedMessage.js';
import type { ServiceTable } from '../process/serviceTable.js';
import { encode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { privatedata, type rwset } from '../wire/protobuf.js';
import { isCollectionMember } from './collectionMembers.js';
import { fetchPath, openRequest, pushPath, type OpenedRequest } from './signedRequest.js';

interface ServiceOptions {
    readonly channels: PeerChannels;
    readonly signer: Signer;
    readonly timeWindowMs: number;
    readonly now?: () => Date;
}

/** More write sets than anybody asks for at once. */
const mostDigests = 1_000;

/**
 * Private data from and for other members' peers. A peer keeps only what it is a member for, and gives only what the
 * asking peer's own identity is a member for.
 */
export function privateDataServices(options: ServiceOptions): ServiceTable {
    const rules = { ...options, mspId: options.signer.mspId };
    return {
        [pushPath]: {
            kind: 'unary',
            handle: async (bytes) => {
                await takePush(openRequest(pushPath, bytes, rules), options.signer);
                return Buffer.alloc(0);
            },
        },
        [fetchPath]: {
            kind: 'unary',
            handle: (bytes) => Promise.resolve().then(() => answerFetch(openRequest(fetchPath, bytes, rules))),
        },
    };
}

async function takePush({ channel, data }: OpenedRequest, { serialized }: Signer): Promise<void> {
    const { txId, pvtRwset } = receivedRequest(privatedata.Push, data);
    const isOurs = (namespace: string, name: string): boolean => isMemberOf(channel, namespace, name, serialized);
    const nsPvtRwset = (pvtRwset?.nsPvtRwset ?? []).flatMap(({ namespace, collectionPvtRwset }) => {
        const kept = (collectionPvtRwset ?? []).filter((one) => isOurs(namespace ?? '', one.collectionName ?? ''));
        return kept.length === 0 ? [] : [{ namespace: namespace ?? '', collectionPvtRwset: kept }];
    });
    if (nsPvtRwset.length === 0) {
        throw new GrpcStatus(GrpcCode.FAILED_PRECONDITION, 'this peer is not a member of the collection');
    }
    if (channel.ledger.txStatus(txId) !== undefined) return;
    const kept: rwset.TxPvtReadWriteSet.$Properties = { nsPvtRwset };
    await channel.ledger.transientStore.put(txId, kept, channel.ledger.height);
}

function answerFetch({ channel, sender, data }: OpenedRequest): Buffer {
    const { digests } = receivedRequest(privatedata.Fetch, data);
    if (digests.length > mostDigests) {
        throw new GrpcStatus(GrpcCode.INVALID_ARGUMENT, `more than ${String(mostDigests)} write sets at once`);
    }
    const elements = digests.flatMap((digest) => {
        const { namespace, collection } = digest;
        if (!isMemberOf(channel, namespace ?? '', collection ?? '', sender.serialized)) return [];
        const rwsets = clearTextOf(channel, digest);
        return rwsets.length === 0 ? [] : [{ digest, rwsets }];
    });
    return encode(privatedata.Found, { elements });
}

/** What is committed here, else what waits for its block; the asking peer picks by hash. */
function clearTextOf({ ledger }: PeerChannel, digest: privatedata.Digest.$Properties): Buffer[] {
    const { namespace, collection, txId } = digest;
    const place = { namespace: namespace ?? '', collection: collection ?? '' };
    const version = { blockNum: digest.blockNum ?? 0, txNum: digest.txNum ?? 0 };
    const committed = ledger.privateData.find({ ...place, version });
    return committed === undefined
        ? ledger.transientStore.all(txId ?? '', place.namespace, place.collection)
        : [committed];
}

function isMemberOf(channel: PeerChannel, namespace: string, name: string, serialized: Buffer): boolean {
    const reader = channel.ledger.newReader();
    let collection: Collection | undefined;
    try {
        collection = collectionOf(reader, namespace, name);
    } finally {
        reader.release();
    }
    return collection !== undefined && isCollectionMember(collection, serialized, channel.configuration().msps);
}
