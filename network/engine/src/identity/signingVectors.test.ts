// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lowSignature, toLowSignature } from './ecdsaSignature.js';

interface Vector {
    messageBase64: string;
    signatureDerBase64: string;
    lowS: boolean;
    fabricAccepts: boolean;
}
const path = join(__dirname, '../../fixtures/fabric-3.1.5/signing/vectors.json');
const file = JSON.parse(readFileSync(path, 'utf8')) as { testOnlyPrivateKeyPkcs8: string; vectors: Vector[] };
const publicKey = createPublicKey(createPrivateKey(file.testOnlyPrivateKeyPkcs8));

test.each(file.vectors)('$signatureDerBase64 is taken as Fabric takes it', (vector) => {
    const message = Buffer.from(vector.messageBase64, 'base64');
    const signature = Buffer.from(vector.signatureDerBase64, 'base64');
    const low = lowSignature(signature, publicKey);
    expect(low !== undefined && verify('sha256', message, publicKey, low)).toBe(vector.fabricAccepts);
    expect(lowSignature(toLowSignature(signature, publicKey), publicKey)).toBeDefined();
});
