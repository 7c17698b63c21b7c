// SPDX-License-Identifier: Apache-2.0
import type { Version } from './height.js';
import { hashedSpace, privateSpace } from './stateSpace.js';

/** Last change of a key in a block; no value means that the key is deleted. */
export interface StateUpdate {
    readonly value?: Buffer;
    readonly version: Version;
    readonly metadata?: Buffer;
}

/** Changes of one namespace's public keys, of one collection's hashes (keys in hex) or clear text, or of the peer's own notes. */
export interface SpaceUpdates {
    readonly kind: 'public' | 'hashed' | 'private' | 'bookkeeping';
    readonly namespace: string;
    readonly collection: string;
    readonly entries: Map<string, StateUpdate>;
}

/** Net changes of one block: one entry per key, the last valid writer's. */
export class UpdateBatch {
    readonly spaces = new Map<string, SpaceUpdates>();

    /** Change of a key in a space of stateSpace.ts, undefined when the block leaves the key alone. */
    get(space: string, key: string): StateUpdate | undefined {
        return this.spaces.get(space)?.entries.get(key);
    }

    putPublic(namespace: string, key: string, update: StateUpdate): void {
        this.#space('public', namespace, namespace, '').entries.set(key, update);
    }

    putHashed(namespace: string, collection: string, key: string, update: StateUpdate): void {
        this.#space('hashed', hashedSpace(namespace, collection), namespace, collection).entries.set(key, update);
    }

    putPrivate(namespace: string, collection: string, key: string, update: StateUpdate): void {
        this.#space('private', privateSpace(namespace, collection), namespace, collection).entries.set(key, update);
    }

    putBookkeeping(space: string, key: string, update: StateUpdate): void {
        this.#space('bookkeeping', space, '', '').entries.set(key, update);
    }

    #space(kind: SpaceUpdates['kind'], name: string, namespace: string, collection: string): SpaceUpdates {
        let space = this.spaces.get(name);
        if (space === undefined) {
            space = { kind, namespace, collection, entries: new Map() };
            this.spaces.set(name, space);
        }
        return space;
    }
}
