// SPDX-License-Identifier: Apache-2.0
import type { StateReader } from '../state/stateReader.js';
import { type Collection, collectionOf } from './collections.js';

/** The state as a peer has it that holds the hashes of all collections and the clear text of some. */
export function withoutCollections(reader: StateReader, holds: (collection: Collection) => boolean): StateReader {
    const isHeld = (namespace: string, name: string): boolean => {
        const collection = collectionOf(reader, namespace, name);
        return collection !== undefined && holds(collection);
    };
    return {
        get: (namespace, key) => reader.get(namespace, key),
        getHashed: (namespace, collection, keyHash) => reader.getHashed(namespace, collection, keyHash),
        getPrivate: (namespace, collection, key) =>
            isHeld(namespace, collection) ? reader.getPrivate(namespace, collection, key) : undefined,
        range: (space, startKey, endKey) => {
            const [namespace = '', collection] = space.split('$$p');
            const isReadable = collection === undefined || isHeld(namespace, collection);
            return isReadable ? reader.range(space, startKey, endKey) : emptyRange;
        },
        metadataOf: (space, key) => reader.metadataOf(space, key),
        getMetadata: (namespace, key) => reader.getMetadata(namespace, key),
        release: () => {
            reader.release();
        },
    };
}

const emptyRange = { next: () => Promise.resolve([]), close: () => Promise.resolve() };
