// SPDX-License-Identifier: Apache-2.0
import { verify, type X509Certificate } from 'node:crypto';
import { sha256 } from '../wire/hashing.js';
import type { Certificate } from './certificate.js';
import { lowSignature } from './ecdsaSignature.js';

/** A member of an organisation as its certificate shows it. Whether it is valid is the MSP's to say. */
export interface Identity {
    readonly mspId: string;
    /** msp.SerializedIdentity bytes as received. */
    readonly serialized: Buffer;
    /** MSP id and SHA-256 of the certificate: equal for two serialised forms of one certificate. */
    readonly key: string;
    readonly certificate: X509Certificate;
    /** The OU names of the subject, in order, repetitions included. */
    readonly organizationalUnits: readonly string[];
    readonly expiresAt: Date;
    /**
     * ECDSA over SHA-256 with s in the lower half of the order, or Ed25519 over the message itself. `digest`: the message's SHA-256,
     * from callers that have it already.
     */
    verify(message: Uint8Array, signature: Uint8Array, digest?: Buffer): boolean;
}

export function certificateIdentity(mspId: string, serialized: Buffer, certificate: Certificate): Identity {
    const { publicKey } = certificate;
    const isEd25519 = publicKey.asymmetricKeyType === 'ed25519';
    const isGood = (message: Uint8Array, signature: Uint8Array): boolean => {
        if (isEd25519) {
            return verify(null, message, publicKey, signature);
        }
        const low = lowSignature(Buffer.from(signature), publicKey);
        return low !== undefined && verify('sha256', message, publicKey, low);
    };
    // One message is judged several times in a row, as a proposal and by a policy. Remembered are copies of digest and
    // signature, never the caller's memory: that may change, and it may be a slice that would keep a whole block alive.
    let lastGood: { readonly digest: Buffer; readonly signature: Buffer } | undefined;
    return {
        mspId,
        serialized,
        key: mspId + sha256(certificate.raw).toString('hex'),
        certificate: certificate.x509,
        organizationalUnits: certificate.organizationalUnits,
        expiresAt: certificate.notAfter,
        verify(message, signature, digest = sha256(message)) {
            if (lastGood?.digest.equals(digest) === true && lastGood.signature.equals(signature)) {
                return true;
            }
            const good = isGood(message, signature);
            if (good) {
                lastGood = { digest, signature: Buffer.from(signature) };
            }
            return good;
        },
    };
}
