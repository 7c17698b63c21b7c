// SPDX-License-Identifier: Apache-2.0
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { type Primitives } from '@power-currency/domain';

/** An Ed25519 key (RFC 8032) that signs intents, attestations and votes. */
export interface SigningKey {
    /** 32 bytes, as it is registered on the ledger. */
    readonly publicKey: Uint8Array;
    readonly privateKey: KeyObject;
    /** 64 bytes. */
    readonly sign: (message: Uint8Array) => Uint8Array;
}

export function newSigningKey(): SigningKey {
    return signingKeyOf(generateKeyPairSync('ed25519').privateKey);
}

/** @throws TypeError for a key of another kind */
export function signingKeyOf(privateKey: KeyObject): SigningKey {
    if (privateKey.asymmetricKeyType !== 'ed25519') {
        throw new TypeError('not an Ed25519 key');
    }
    return { publicKey: rawPublicKey(privateKey), privateKey, sign: (message) => sign(null, message, privateKey) };
}

/** The cryptography the domain's rules are given here. */
export const primitives: Primitives = {
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
    sha3: (bytes) => createHash('sha3-256').update(bytes).digest(),
    verifyEd25519: (publicKey, message, signature) => {
        try {
            return verify(null, message, publicKeyOf(publicKey), signature);
        } catch {
            return false;
        }
    },
};

/** RFC 8410: everything before the 32 bytes of the key. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

function rawPublicKey(privateKey: KeyObject): Uint8Array {
    return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length);
}

function publicKeyOf(publicKey: Uint8Array): KeyObject {
    return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
}
