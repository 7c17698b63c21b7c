// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { lowSignature, toLowSignature } from '../../src/identity/ecdsaSignature.js';
import type { Checks } from '../checks.js';
import type { Recordings } from '../recordings.js';

interface VectorFile {
    readonly testOnlyPrivateKeyPkcs8: string;
    readonly vectors: readonly {
        readonly messageBase64: string;
        readonly signatureDerBase64: string;
        readonly lowS: boolean;
        readonly fabricAccepts: boolean;
    }[];
    readonly fromChain: readonly {
        readonly signedBytesBase64: string;
        readonly signatureBase64: string;
        readonly certificate: string;
        readonly verifies: boolean;
    }[];
}

/** Signatures that Fabric accepts or refuses, made for the purpose and taken from the chain. */
export async function replaySigning(recordings: Recordings, checks: Checks): Promise<void> {
    const file = 'signing/vectors.json';
    const { testOnlyPrivateKeyPkcs8, vectors, fromChain } = recordings.json<VectorFile>(file);
    const publicKey = createPublicKey(createPrivateKey(testOnlyPrivateKeyPkcs8));
    const accepts = (message: Buffer, signature: Buffer, key = publicKey): boolean => {
        const low = lowSignature(signature, key);
        return low !== undefined && verify('sha256', message, key, low);
    };
    vectors.forEach(({ messageBase64, signatureDerBase64, lowS, fabricAccepts }, index) => {
        const message = Buffer.from(messageBase64, 'base64');
        const signature = Buffer.from(signatureDerBase64, 'base64');
        const place = { file, label: `vector ${String(index)}` };
        checks.equal(place, fabricAccepts, accepts(message, signature));
        const lowered = toLowSignature(signature, publicKey);
        checks.equal({ file, label: `${place.label} lowered` }, lowS, lowered.equals(signature));
        checks.equal(
            { file, label: `${place.label} lowered is low` },
            true,
            lowSignature(lowered, publicKey) !== undefined,
        );
    });
    fromChain.forEach(({ signedBytesBase64, signatureBase64, certificate, verifies }, index) => {
        const { publicKey: key } = new X509Certificate(certificate);
        const [message, signature] = [Buffer.from(signedBytesBase64, 'base64'), Buffer.from(signatureBase64, 'base64')];
        checks.equal({ file, label: `from the chain ${String(index)}` }, verifies, accepts(message, signature, key));
    });
    await Promise.resolve();
}
