// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** DER of a SubjectPublicKeyInfo with algorithm id-ml-dsa-65 up to the key itself (RFC 9881 §4). */
const publicKeyPrefix = Buffer.from('308207b2300b0609608648016503040312038207a100', 'hex');

/** FIPS 204 verification by OpenSSL 3.5, which the pinned Node 24 brings along. */
export function verifyMlDsa65(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    if (publicKey.length !== 1952 || signature.length !== 3309) return false;
    const key = keyObject(publicKey);
    return key !== undefined && verify(null, message, key, signature);
}

function keyObject(publicKey: Uint8Array): KeyObject | undefined {
    try {
        return createPublicKey({ key: Buffer.concat([publicKeyPrefix, publicKey]), format: 'der', type: 'spki' });
    } catch {
        return undefined;
    }
}
