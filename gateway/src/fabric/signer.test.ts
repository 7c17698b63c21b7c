// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { newSigner, signLowS } from './signer.js';

const HALF_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n >> 1n;
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKey = createPublicKey(privateKey);

/** Reads s out of SEQUENCE { INTEGER r, INTEGER s }, by hand. */
function sOf(der: Uint8Array): bigint {
    const rLength = der[3]!;
    const s = der.subarray(4 + rLength + 2);
    return BigInt(`0x${Buffer.from(s).toString('hex')}`);
}

describe('signLowS', () => {
    it('gives signatures that verify and whose s is in the lower half, every time', () => {
        // About half of all signatures come with a high s, so 200 without one do not happen by chance.
        for (let index = 0; index < 200; index++) {
            const message = Buffer.from(`message ${String(index)}`);
            const signature = signLowS(privateKey, message);
            expect(sOf(signature)).toBeLessThanOrEqual(HALF_ORDER);
            expect(verify('sha256', message, publicKey, signature)).toBe(true);
        }
    });

    it('writes the shortest DER', () => {
        for (let index = 0; index < 300; index++) {
            const der = signLowS(privateKey, Buffer.from(String(index)));
            const [tag, length, rTag, rLength, first = 0, second = 0] = der;
            expect([tag, length, rTag]).toEqual([0x30, der.length - 2, 0x02]);
            expect(rLength! <= 33 && !(first === 0 && second < 0x80) && first < 0x80).toBe(true);
        }
    });
});

describe('newSigner', () => {
    it('signs the message itself, as hash.none hands it over', async () => {
        const message = Buffer.from('proposal');
        expect(verify('sha256', message, publicKey, await newSigner(privateKey)(message))).toBe(true);
    });
});
