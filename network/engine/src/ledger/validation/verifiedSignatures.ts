// SPDX-License-Identifier: Apache-2.0
import type { Identity } from '../../identity/identity.js';
import { sha256 } from '../../wire/hashing.js';

const defaultCapacity = 20_000;

/**
 * Good signatures that this process has seen, so that none is verified twice: a peer recognises its own endorsements in
 * a block. One instance is shared by endorser and validators. Bad signatures are not remembered.
 */
export class VerifiedSignatures {
    readonly #capacity: number;
    #recent = new Set<string>();
    #older = new Set<string>();

    /** `capacity`: about how many signatures are remembered, at some 200 bytes each. */
    constructor(capacity = defaultCapacity) {
        this.#capacity = capacity;
    }

    verify(identity: Identity, message: Uint8Array, signature: Uint8Array): boolean {
        const digest = sha256(message);
        const id = idOf(identity.key, digest, signature);
        if (this.#recent.has(id) || this.#older.has(id)) {
            return true;
        }
        if (!identity.verify(message, signature, digest)) {
            return false;
        }
        this.#add(id);
        return true;
    }

    /** Notes a signature that this process made itself, with the key that belongs to the identity. */
    remember(identity: Pick<Identity, 'key'>, message: Uint8Array, signature: Uint8Array): void {
        this.#add(idOf(identity.key, sha256(message), signature));
    }

    #add(id: string): void {
        this.#recent.add(id);
        if (this.#recent.size >= this.#capacity / 2) {
            this.#older = this.#recent;
            this.#recent = new Set();
        }
    }
}

// The digest has a fixed length, so that no other split of the same bytes gives the same id.
function idOf(identityKey: string, digest: Buffer, signature: Uint8Array): string {
    return identityKey + digest.toString('latin1') + Buffer.from(signature).toString('latin1');
}
