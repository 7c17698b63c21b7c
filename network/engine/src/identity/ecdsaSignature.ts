// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from 'node:crypto';
import { DerTag, derAt, derChildren, encodeDer, encodeDerInteger, readDer } from '../wire/der.js';
import { IdentityError } from './identityError.js';

// For every signature (r, s) the pair (r, n − s) verifies too. Fabric takes only the lower of the two, so that nobody
// can give a signed message a second form (bccsp/utils/ecdsa.go).
const order: Readonly<Record<string, bigint>> = {
    secp224r1: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
    prime256v1: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    secp384r1: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    secp521r1:
        0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
};

/** The signature without anything that follows it, or undefined if it is malformed or its s is above half the order. */
export function lowSignature(signature: Buffer, publicKey: KeyObject): Buffer | undefined {
    try {
        const { raw, s } = parse(signature);
        return s <= curveOrder(publicKey) / 2n ? raw : undefined;
    } catch {
        return undefined;
    }
}

/** The same signature in its low form. */
export function toLowSignature(signature: Buffer, publicKey: KeyObject): Buffer {
    const { r, s } = parse(signature);
    const n = curveOrder(publicKey);
    return s <= n / 2n ? signature : encodeDer(DerTag.SEQUENCE, encodeDerInteger(r), encodeDerInteger(n - s));
}

export function isSupportedCurve(publicKey: KeyObject): boolean {
    return (publicKey.asymmetricKeyDetails?.namedCurve ?? '') in order;
}

function parse(signature: Buffer): { raw: Buffer; r: bigint; s: bigint } {
    const sequence = readDer(signature);
    const values = derChildren(sequence);
    const [r, s] = [unsigned(derAt(values, 0, DerTag.INTEGER).content), unsigned(derAt(values, 1).content)];
    return { raw: sequence.raw, r, s };
}

function unsigned(content: Buffer): bigint {
    return BigInt(`0x${content.toString('hex')}`);
}

// Asking a key for its curve crosses into OpenSSL, and every signature asks.
const knownOrders = new WeakMap<KeyObject, bigint>();

function curveOrder(publicKey: KeyObject): bigint {
    let n = knownOrders.get(publicKey);
    if (n === undefined) {
        n = order[publicKey.asymmetricKeyDetails?.namedCurve ?? ''];
        if (n === undefined) {
            throw new IdentityError('x509: unsupported elliptic curve');
        }
        knownOrders.set(publicKey, n);
    }
    return n;
}
