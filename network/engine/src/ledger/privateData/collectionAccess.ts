// SPDX-License-Identifier: Apache-2.0
import { collectionOf, organisationOfImplicit, type Collection } from './collections.js';
import { SimulationError } from '../simulation/simulationError.js';
import type { StateReader } from '../state/stateReader.js';

/** What decides whether a simulation may use a collection. */
export interface CollectionRules {
    readonly channelId: string;
    /** True for the MSP ids of the channel's application organisations, each of which has an implicit collection. */
    readonly isMember: (mspId: string) => boolean;
    /** Whether the proposal's creator is a member of the collection; absent: nobody asks. */
    readonly creatorIsMember?: (collection: Collection) => boolean;
}

/** Reading a hash needs no membership. */
export type CollectionUse = 'read' | 'write' | 'hash';

/**
 * Throws SimulationError when there is no such collection, or when it is its members' only and the proposal's creator is
 * none of them (core/chaincode/handler.go, errorIfCreatorHasNoReadPermission).
 */
export function checkCollectionUse(
    reader: StateReader,
    { channelId, isMember, creatorIsMember }: CollectionRules,
    namespace: string,
    name: string,
    use: CollectionUse,
): void {
    const collection = collectionOf(reader, namespace, name);
    if (collection === undefined && use !== 'hash') {
        throw new SimulationError(`collection ${channelId}/${namespace}/${name} could not be found`);
    }
    const mspId = organisationOfImplicit(name);
    if (collection === undefined || (mspId !== undefined && !isMember(mspId))) {
        throw new SimulationError(
            `collection [${name}] not defined in the collection config for chaincode [${namespace}]`,
        );
    }
    const membersOnly = { read: collection.memberOnlyRead, write: collection.memberOnlyWrite, hash: false }[use];
    if (membersOnly && creatorIsMember?.(collection) === false) {
        throw new SimulationError(
            `tx creator does not have ${use} access permission on privatedata in ` +
                `chaincodeName:${namespace} collectionName: ${name}`,
        );
    }
}
