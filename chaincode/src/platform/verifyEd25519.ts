// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { BoundedCache } from '../ledger/boundedCache.js';

/** DER of a SubjectPublicKeyInfo up to the key itself (RFC 8410 §4). */
const publicKeyPrefix = Buffer.from('302a300506032b6570032100', 'hex');
/** A key that OpenSSL has read takes some 2 kB. */
const keysRemembered = new BoundedCache<KeyObject | 'not a key'>(4096);

/**
 * RFC 8032 verification by OpenSSL, which refuses S >= L. Keys of small order are refused when they are registered
 * (domain/signature/ed25519Key.ts): OpenSSL would accept forgeries under them.
 */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    const bytes = Buffer.from(publicKey);
    const key = keysRemembered.get(bytes.toString('latin1'), () => keyObject(bytes));
    return key !== 'not a key' && verify(null, message, key, signature);
}

function keyObject(publicKey: Buffer): KeyObject | 'not a key' {
    try {
        return createPublicKey({ key: Buffer.concat([publicKeyPrefix, publicKey]), format: 'der', type: 'spki' });
    } catch {
        return 'not a key';
    }
}
