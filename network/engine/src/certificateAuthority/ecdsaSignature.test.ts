// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lowSSignature } from './ecdsaSignature.js';

interface Vectors {
    readonly vectors: readonly { readonly signatureDerBase64: string; readonly fabricAccepts: boolean }[];
}

const file = join(__dirname, '../../fixtures/fabric-3.1.5/signing/vectors.json');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

test.each(vectors)('decides as Fabric did on $signatureDerBase64', ({ signatureDerBase64, fabricAccepts }) => {
    expect(lowSSignature(Buffer.from(signatureDerBase64, 'base64'))).toBe(fabricAccepts);
});

test.each([
    ['truncated', Buffer.from('3006020101', 'hex')],
    ['empty', Buffer.alloc(0)],
    ['no sequence', Buffer.from('0206020101020101', 'hex')],
])('refuses a signature that is %s', (_, signature) => {
    expect(lowSSignature(signature)).toBe(false);
});

test('takes half the order and refuses one more', () => {
    const half = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8';
    const above = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a9';
    expect(lowSSignature(Buffer.from(`30250201010220${half}`, 'hex'))).toBe(true);
    expect(lowSSignature(Buffer.from(`30250201010220${above}`, 'hex'))).toBe(false);
});
