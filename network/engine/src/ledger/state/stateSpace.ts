// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../../wire/hashing.js';

// Public values, private hashes and private clear text share one key space per namespace and collection, with the names
// of core/ledger/kvledger/txmgmt/privacyenabledstate. Key hashes are written in hex, which keeps their byte order.

/** Name of the space of a collection's hashes. */
export function hashedSpace(namespace: string, collection: string): string {
    return `${namespace}$$h${collection}`;
}

/** Name of the space of a collection's clear text. */
export function privateSpace(namespace: string, collection: string): string {
    return `${namespace}$$p${collection}`;
}

/** Key under which a key hash is kept in its hashed space. */
export function hashedKey(keyHash: Uint8Array): string {
    return Buffer.from(keyHash.buffer, keyHash.byteOffset, keyHash.byteLength).toString('hex');
}

/** Space of the notes on when collection hashes expire; no namespace can have this name. */
export const expirySpace = '$$expiry';

/** {@link hashedKey} of a clear-text key. */
export function hashedKeyOf(key: string): string {
    return sha256(Buffer.from(key)).toString('hex');
}
