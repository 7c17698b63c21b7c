// SPDX-License-Identifier: Apache-2.0
import { planEndorsement, type PlanningChannel } from '../gatewayService/endorsementPlan.js';
import type { Identity } from '../identity/identity.js';
import { organisationOfImplicit } from '../ledger/privateData/collections.js';
import type { ChaincodeDefinition } from '../lifecycle/chaincodeRecords.js';
import type { discovery, protos } from '../wire/protobuf.js';
import { discoveredPeer, type KnownPeer } from './knownPeer.js';

/**
 * Who has to endorse: groups of peers, and layouts that say how many of which group are enough. Each organisation is a
 * group. Throws when no peers can satisfy the policies.
 */
export function endorsementDescriptor(
    planning: PlanningChannel,
    interest: protos.ChaincodeInterest.$Properties,
    peers: readonly KnownPeer[],
): discovery.EndorsementDescriptor.$Properties {
    const endorsers = authorisedPeers(planning, interest, peers);
    const combinations = planEndorsement(planning, interest, endorsers);
    const mspIds = [...new Set(combinations.flatMap((combination) => [...combination.keys()]))].sort();
    const groups = new Map(mspIds.map((mspId, index) => [mspId, `G${String(index)}`]));
    const groupOf = (mspId: string): string => groups.get(mspId) ?? '';
    return {
        chaincode: interest.chaincodes?.[0]?.name ?? '',
        endorsersByGroups: Object.fromEntries(
            mspIds.map((mspId) => [
                groupOf(mspId),
                {
                    peers: endorsers
                        .filter((peer) => peer.mspId === mspId)
                        .map((peer) => discoveredPeer(peer, planning.channel.ledger.channelId)),
                },
            ]),
        ),
        layouts: combinations.map((combination) => ({
            quantitiesByGroup: Object.fromEntries(
                [...combination].map(([mspId, count]) => [groupOf(mspId), count] as const),
            ),
        })),
    };
}

/** The peers that run all the chaincodes and may read all the collections that are read. Throws on unknown names. */
export function authorisedPeers(
    planning: PlanningChannel,
    { chaincodes }: protos.ChaincodeInterest.$Properties,
    peers: readonly KnownPeer[],
): readonly KnownPeer[] {
    const calls = (chaincodes ?? []).map((call) => ({ call, ...definitionFor(planning, call.name ?? '') }));
    return peers.filter((peer) =>
        calls.every(
            ({ call, name, version, collections }) =>
                peer.chaincodes.some((running) => running.name === name && running.version === version) &&
                (call.noPrivateReads === true ||
                    (call.collectionNames ?? []).every((collection) =>
                        isMember(planning, collections, collection, peer),
                    )),
        ),
    );
}

interface WhatRuns {
    readonly name: string;
    readonly version: string;
    readonly collections: ChaincodeDefinition['collections'];
}

function definitionFor({ channel, definitionOf }: PlanningChannel, name: string): WhatRuns {
    if (name === '_lifecycle') return { name, version: '1', collections: {} };
    const { channelId } = channel.ledger;
    const definition = definitionOf(channelId, name);
    if (definition === undefined)
        throw new Error(`No metadata was found for chaincode ${name} in channel ${channelId}`);
    return { name, version: definition.version, collections: definition.collections };
}

function isMember(
    { channel }: PlanningChannel,
    { config }: ChaincodeDefinition['collections'],
    collection: string,
    peer: KnownPeer,
): boolean {
    const mspId = organisationOfImplicit(collection);
    if (mspId !== undefined) return peer.mspId === mspId;
    const found = config?.find(({ staticCollectionConfig }) => staticCollectionConfig?.name === collection);
    if (found === undefined) throw new Error(`collection ${collection} doesn't exist in collection config`);
    const { msps } = channel.configuration();
    const identity: Identity = msps.deserialize(peer.identity);
    const members = found.staticCollectionConfig?.memberOrgsPolicy?.signaturePolicy?.identities ?? [];
    return members.some((principal) => {
        try {
            msps.satisfiesPrincipal(identity, principal);
            return true;
        } catch {
            return false;
        }
    });
}
