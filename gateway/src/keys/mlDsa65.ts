// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** An ML-DSA-65 key (FIPS 204) that signs intents beside the Ed25519 ones. */
export interface PostQuantumKey {
    /** 1952 bytes, as it is registered on the ledger. */
    readonly publicKey: Uint8Array;
    readonly privateKey: KeyObject;
    /** 3309 bytes. */
    readonly sign: (message: Uint8Array) => Uint8Array;
}

const publicKeyBytes = 1952;

export function newPostQuantumKey(): PostQuantumKey {
    return postQuantumKeyOf(generateKeyPairSync('ml-dsa-65').privateKey);
}

/** @throws TypeError for a key of another kind */
export function postQuantumKeyOf(privateKey: KeyObject): PostQuantumKey {
    if (privateKey.asymmetricKeyType !== 'ml-dsa-65') throw new TypeError('not an ML-DSA-65 key');
    const encoded = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    const publicKey = encoded.subarray(-publicKeyBytes);
    return { publicKey, privateKey, sign: (message) => sign(null, message, privateKey) };
}
