// SPDX-License-Identifier: Apache-2.0
import type { Version } from './height.js';

/** A value of the world state with the version of its last write and, serialised, its metadata. */
export interface VersionedValue {
    readonly value: Buffer;
    readonly version: Version;
    /** KVMetadataWrite with entries only; see stateMetadata.ts. */
    readonly metadata?: Buffer;
}

export interface StateEntry extends VersionedValue {
    readonly key: string;
}

/** Entries of a key range in UTF-8 byte order. */
export interface StateRange {
    /** Up to `count` further entries; fewer than `count` only at the end of the range. */
    next(count: number): Promise<readonly StateEntry[]>;
    close(): Promise<void>;
}

/** The world state at one committed height. Release it when done: it pins a snapshot. */
export interface StateReader {
    get(namespace: string, key: string): VersionedValue | undefined;
    /** `keyHash`: SHA-256 of the key; the value is the SHA-256 of the private value. */
    getHashed(namespace: string, collection: string, keyHash: Buffer): VersionedValue | undefined;
    /** Clear text of private data, present only where this peer received it. */
    getPrivate(namespace: string, collection: string, key: string): VersionedValue | undefined;
    /** `startKey` inclusive, `endKey` exclusive; empty means first key, or behind the last key. */
    range(namespace: string, startKey: string, endKey: string): StateRange;
    /** Serialised metadata of a key in a space of stateSpace.ts; cheap where no key of the space ever had any. */
    metadataOf(space: string, key: string): Buffer | undefined;
    getMetadata(namespace: string, key: string): ReadonlyMap<string, Buffer>;
    release(): void;
}

/** One past value of a key, as GetHistoryForKey returns it. */
export interface KeyModification {
    readonly txId: string;
    readonly value: Buffer;
    /** The client's timestamp in the channel header. */
    readonly timestamp: { readonly seconds: number; readonly nanos: number };
    readonly isDelete: boolean;
}

/** Committed values of a key, newest first. */
export interface HistoryCursor {
    /** Up to `count` further records; fewer than `count` only at the end. */
    next(count: number): Promise<readonly KeyModification[]>;
    close(): Promise<void>;
}

export interface HistoryReader {
    history(namespace: string, key: string): HistoryCursor;
}
