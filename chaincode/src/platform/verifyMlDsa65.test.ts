// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync, sign } from 'node:crypto';
import { verifyMlDsa65 } from './verifyMlDsa65.js';

const { publicKey, privateKey } = generateKeyPairSync('ml-dsa-65');
const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-1952);
const message = Buffer.from('intent');
const signature = sign(null, message, privateKey);

describe('verifyMlDsa65', () => {
    it('accepts the signature of the message and key, and of no other', () => {
        expect(verifyMlDsa65(raw, message, signature)).toBe(true);
        expect(verifyMlDsa65(raw, Buffer.from('other'), signature)).toBe(false);
        const other = generateKeyPairSync('ml-dsa-65').publicKey.export({ type: 'spki', format: 'der' });
        expect(verifyMlDsa65(other.subarray(-1952), message, signature)).toBe(false);
    });

    it.each([
        ['a short key', raw.subarray(1), signature],
        ['a long signature', raw, Buffer.concat([signature, Buffer.alloc(1)])],
        ['no signature', raw, Buffer.alloc(0)],
        ['a signature of zeros', raw, Buffer.alloc(3309)],
    ])('answers no, and throws nothing, for %s', (_name, key, bytes) => {
        expect(verifyMlDsa65(key, message, bytes)).toBe(false);
    });
});
