// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../wire/decode.js';
import { lifecycle, protos } from '../wire/protobuf.js';
import { SimulationError } from './simulationError.js';
import type { StateReader } from './stateReader.js';

const implicitPrefix = '_implicit_org_';

/** What decides whether a simulation may use a collection. */
export interface CollectionRules {
    readonly channelId: string;
    /** True for the MSP ids of the channel's application organisations, each of which has an implicit collection. */
    readonly isMember: (mspId: string) => boolean;
}

/** Name of the collection that every organisation of a channel has without defining it. */
export function implicitCollection(mspId: string): string {
    return implicitPrefix + mspId;
}

/** Returns the MSP id behind an implicit collection; throws SimulationError for every other collection. */
export function collectionOf(
    namespace: string,
    collection: string,
    reader: StateReader,
    { channelId, isMember }: CollectionRules,
): string {
    if (collection.startsWith(implicitPrefix)) {
        const mspId = collection.slice(implicitPrefix.length);
        if (!isMember(mspId)) {
            throw new SimulationError(
                `collection [${collection}] not defined in the collection config for chaincode [${namespace}]`,
            );
        }
        return mspId;
    }
    if (explicitCollection(reader, namespace, collection) === undefined) {
        throw new SimulationError(`collection ${channelId}/${namespace}/${collection} could not be found`);
    }
    throw new SimulationError(`private data collections are not supported by this engine: ${namespace}/${collection}`);
}

/** Blocks after which a collection's data expires; 0 for never, and for collections nobody defined. */
export function blockToLive(reader: StateReader, namespace: string, collection: string): number {
    if (collection.startsWith(implicitPrefix)) {
        return 0;
    }
    return explicitCollection(reader, namespace, collection)?.blockToLive ?? 0;
}

function explicitCollection(
    reader: StateReader,
    namespace: string,
    name: string,
): protos.StaticCollectionConfig.$Properties | undefined {
    const stored = reader.get('_lifecycle', `namespaces/fields/${namespace}/Collections`);
    if (stored === undefined) {
        return undefined;
    }
    const { Bytes } = decode(lifecycle.StateData, stored.value, 'StateData');
    const { config } = decode(protos.CollectionConfigPackage, asBuffer(Bytes), 'CollectionConfigPackage');
    return config.flatMap((item) => item.staticCollectionConfig ?? []).find((item) => item.name === name);
}
