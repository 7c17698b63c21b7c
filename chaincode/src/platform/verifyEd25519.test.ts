// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, sign } from 'node:crypto';
import { verifyEd25519 } from './verifyEd25519.js';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

/** RFC 8032 §7.1, tests 1, 2, 3 and SHA(abc). */
const vectors = [
    {
        name: 'TEST 1',
        secret: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
        key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
        message: '',
        signature:
            'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    },
    {
        name: 'TEST 2',
        secret: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
        key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
        message: '72',
        signature:
            '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    },
    {
        name: 'TEST 3',
        secret: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
        key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
        message: 'af82',
        signature:
            '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    },
    {
        name: 'TEST SHA(abc)',
        secret: '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
        key: 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
        message:
            'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
        signature:
            'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
    },
];

/** The order of the base point, RFC 8032 §5.1. */
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

function littleEndian(value: bigint, length: number): Buffer {
    return Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex').reverse();
}

describe('RFC 8032', () => {
    it.each(vectors)('$name', ({ secret, key, message, signature }) => {
        expect(verifyEd25519(bytes(key), bytes(message), bytes(signature))).toBe(true);
        const pkcs8 = Buffer.concat([bytes('302e020100300506032b657004220420'), bytes(secret)]);
        const made = sign(null, bytes(message), createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
        expect(made.toString('hex')).toBe(signature);
    });
});

// The kinds of cases that Project Wycheproof has for Ed25519.
describe('refuses [V82]', () => {
    const { key, message, signature } = vectors[1]!;
    const [r, s] = [bytes(signature).subarray(0, 32), bytes(signature).subarray(32)];
    const scalar = BigInt(`0x${Buffer.from(s).reverse().toString('hex')}`);
    const cases: readonly [string, Uint8Array][] = [
        ['an empty signature', Buffer.alloc(0)],
        ['a signature of 63 bytes', bytes(signature).subarray(0, 63)],
        ['a signature of 65 bytes', Buffer.concat([bytes(signature), Buffer.alloc(1)])],
        ['all zeros', Buffer.alloc(64)],
        ['all ones', Buffer.alloc(64, 0xff)],
        ['R and S swapped', Buffer.concat([s, r])],
        ['S plus the group order: the malleable twin', Buffer.concat([r, littleEndian(scalar + order, 32)])],
        ['S plus eight times the group order', Buffer.concat([r, littleEndian(scalar + 8n * order, 32)])],
        ['S equal to the group order', Buffer.concat([r, littleEndian(order, 32)])],
        ['S negated', Buffer.concat([r, littleEndian(order - scalar, 32)])],
        ['S of zero', Buffer.concat([r, Buffer.alloc(32)])],
        ['R with its sign flipped', Buffer.concat([r.subarray(0, 31), Buffer.from([r[31]! ^ 0x80]), s])],
        ['R that is not canonical', Buffer.concat([bytes('ee'), Buffer.alloc(30, 0xff), bytes('7f'), s])],
    ];
    it.each(cases)('%s', (_name, forged) => {
        expect(verifyEd25519(bytes(key), bytes(message), forged)).toBe(false);
    });

    it('any single flipped bit of the signature, the message or the key [V82]', () => {
        for (const field of ['key', 'message', 'signature'] as const) {
            const original = { key, message, signature };
            for (let bit = 0; bit < original[field].length * 4; bit++) {
                const changed = bytes(original[field]);
                changed[bit >> 3]! ^= 1 << (bit & 7);
                const forged = { ...original, [field]: changed.toString('hex') };
                expect(verifyEd25519(bytes(forged.key), bytes(forged.message), bytes(forged.signature))).toBe(false);
            }
        }
    });

    it('a key of another length', () => {
        expect(verifyEd25519(bytes(key).subarray(1), bytes(message), bytes(signature))).toBe(false);
    });
});
