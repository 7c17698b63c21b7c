// SPDX-License-Identifier: Apache-2.0
import { sign, type KeyObject } from 'node:crypto';
import type { Signer } from '@hyperledger/fabric-gateway';
import { derInteger, derSequence } from './der.js';

/** Order of the P-256 group (SEC 2, §2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_ORDER = ORDER >> 1n;
const COORDINATE_BYTES = 32;

/**
 * Signs whole messages with a P-256 key through node:crypto, about ten times faster than fabric-gateway's own signer.
 * To be used with `hash.none`: Node hashes inside `sign` and cannot sign a finished digest.
 */
export function newSigner(privateKey: KeyObject): Signer {
    return (message) => Promise.resolve(signLowS(privateKey, message));
}

/**
 * ECDSA over SHA-256 in DER with s in the lower half of the group.
 * Fabric refuses the other half (bccsp/sw/ecdsa.go), since (r, n−s) would be a second valid signature of the same message.
 */
export function signLowS(privateKey: KeyObject, message: Uint8Array): Uint8Array {
    const signature = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const r = toBigInt(signature.subarray(0, COORDINATE_BYTES));
    const s = toBigInt(signature.subarray(COORDINATE_BYTES));
    return derSequence(derInteger(r), derInteger(s > HALF_ORDER ? ORDER - s : s));
}

function toBigInt(bytes: Buffer): bigint {
    return BigInt(`0x${bytes.toString('hex')}`);
}
