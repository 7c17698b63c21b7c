// SPDX-License-Identifier: Apache-2.0
import { hashedKey, hashedSpace, privateSpace } from './stateSpace.js';
import { parseMetadata } from './stateMetadata.js';
import type { StateRange, StateReader, VersionedValue } from './stateReader.js';

/** Maps public, hashed and private reads onto the one key space that every state database has. */
export abstract class SpaceReader implements StateReader {
    abstract get(space: string, key: string): VersionedValue | undefined;
    abstract range(space: string, startKey: string, endKey: string): StateRange;
    abstract release(): void;

    getHashed(namespace: string, collection: string, keyHash: Buffer): VersionedValue | undefined {
        return this.get(hashedSpace(namespace, collection), hashedKey(keyHash));
    }

    getPrivate(namespace: string, collection: string, key: string): VersionedValue | undefined {
        return this.get(privateSpace(namespace, collection), key);
    }

    metadataOf(space: string, key: string): Buffer | undefined {
        return this.get(space, key)?.metadata;
    }

    getMetadata(namespace: string, key: string): ReadonlyMap<string, Buffer> {
        return parseMetadata(this.metadataOf(namespace, key));
    }
}
