// SPDX-License-Identifier: Apache-2.0
import { fromHex, hex } from './bytes.js';
import { type Codec, invalid } from './codec.js';

function fixedBytes(length: number, description: string): Codec<Uint8Array> {
    const pattern = `^[0-9a-f]{${String(2 * length)}}$`;
    const expression = new RegExp(pattern);
    return {
        schema: { type: 'string', pattern, description },
        decode: (value, field) => {
            const bytes = typeof value === 'string' && expression.test(value) ? fromHex(value) : undefined;
            return bytes ?? invalid(field, `not ${description}`);
        },
        encode: (bytes) => hex(bytes),
    };
}

/** Ed25519 public key, 32 bytes as lower-case hexadecimal. */
export const publicKey = fixedBytes(32, 'an Ed25519 public key of 64 hexadecimal digits');
/** Ed25519 signature, 64 bytes as lower-case hexadecimal. */
export const signature = fixedBytes(64, 'an Ed25519 signature of 128 hexadecimal digits');
/** Random bytes that keep the hash of what they stand beside from being guessed, 32 as lower-case hexadecimal. */
export const salt = fixedBytes(32, 'random bytes of 64 hexadecimal digits');
/** SHA-256 digest, 32 bytes as lower-case hexadecimal. */
export const digest = fixedBytes(32, 'a SHA-256 digest of 64 hexadecimal digits');
/** SHA3-256 digest, of trees and of what is anchored: 32 bytes as lower-case hexadecimal. */
export const treeDigest = fixedBytes(32, 'a SHA3-256 digest of 64 hexadecimal digits');
/** ML-DSA-65 public key (FIPS 204), 1952 bytes as lower-case hexadecimal. */
export const postQuantumKey = fixedBytes(1952, 'an ML-DSA-65 public key of 3904 hexadecimal digits');
/** ML-DSA-65 signature, 3309 bytes as lower-case hexadecimal. */
export const postQuantumSignature = fixedBytes(3309, 'an ML-DSA-65 signature of 6618 hexadecimal digits');
