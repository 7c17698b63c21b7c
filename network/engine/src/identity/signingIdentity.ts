// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { Signer } from '../wire/envelope.js';
import { encode } from '../wire/decode.js';
import { msp } from '../wire/protobuf.js';
import { toLowSignature } from './ecdsaSignature.js';

/** A private key with the identity it signs for. */
export class SigningIdentity implements Signer {
    readonly mspId: string;
    readonly serialized: Buffer;
    readonly certificatePem: string;
    private readonly privateKey: KeyObject;
    private readonly publicKey: KeyObject;

    /** Throws TypeError if the key is neither ECDSA nor Ed25519. */
    constructor(mspId: string, certificatePem: string, privateKey: KeyObject) {
        if (privateKey.asymmetricKeyType !== 'ec' && privateKey.asymmetricKeyType !== 'ed25519') {
            throw new TypeError(`cannot sign with a key of type ${String(privateKey.asymmetricKeyType)}`);
        }
        this.mspId = mspId;
        this.certificatePem = certificatePem;
        this.serialized = encode(msp.SerializedIdentity, { mspid: mspId, idBytes: Buffer.from(certificatePem) });
        this.privateKey = privateKey;
        this.publicKey = createPublicKey(privateKey);
    }

    /** ECDSA over SHA-256 in DER with low s, or Ed25519 over the message itself. */
    sign(message: Uint8Array): Buffer {
        if (this.privateKey.asymmetricKeyType === 'ed25519') {
            return sign(null, message, this.privateKey);
        }
        return toLowSignature(sign('sha256', message, this.privateKey), this.publicKey);
    }
}
