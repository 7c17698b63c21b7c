// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** DER of a SubjectPublicKeyInfo up to the key itself (RFC 8410 §4). */
const publicKeyPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * RFC 8032 verification by OpenSSL, which refuses S >= L. Keys of small order are refused when they are registered
 * (domain/signature/ed25519Key.ts): OpenSSL would accept forgeries under them.
 */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
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
