// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto';
import { isDomainError } from '../error/domainError.js';
import { checkPublicKey } from './ed25519Key.js';

function codeOf(hex: string): string {
    try {
        checkPublicKey(Buffer.from(hex, 'hex'));
        return 'accepted';
    } catch (thrown) {
        if (isDomainError(thrown)) return thrown.code;
        throw thrown;
    }
}

/** The fourteen encodings of points of small order that implementations are known to decode (ed25519-speccheck, libsodium). */
const smallOrder: readonly [string, string][] = [
    ['0100000000000000000000000000000000000000000000000000000000000000', 'KEY_SMALL_ORDER'],
    ['0100000000000000000000000000000000000000000000000000000000000080', 'KEY_SMALL_ORDER'],
    ['0000000000000000000000000000000000000000000000000000000000000000', 'KEY_SMALL_ORDER'],
    ['0000000000000000000000000000000000000000000000000000000000000080', 'KEY_SMALL_ORDER'],
    ['ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 'KEY_SMALL_ORDER'],
    ['ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'KEY_SMALL_ORDER'],
    ['26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'KEY_SMALL_ORDER'],
    ['26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85', 'KEY_SMALL_ORDER'],
    ['c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'KEY_SMALL_ORDER'],
    ['c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa', 'KEY_SMALL_ORDER'],
    ['edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 'KEY_NOT_CANONICAL'],
    ['edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'KEY_NOT_CANONICAL'],
    ['eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 'KEY_NOT_CANONICAL'],
    ['eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'KEY_NOT_CANONICAL'],
];

describe('a public key', () => {
    it.each(smallOrder)('%s is refused: %s [V82]', (key, code) => {
        expect(codeOf(key)).toBe(code);
    });

    it.each([
        [
            'at the prime plus two',
            'efffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
            'KEY_NOT_CANONICAL',
        ],
        [
            'whose y no point has',
            '0200000000000000000000000000000000000000000000000000000000000000',
            'KEY_NOT_ON_CURVE',
        ],
        ['of 31 bytes', '00'.repeat(31), 'KEY_NOT_CANONICAL'],
        ['of 33 bytes', '00'.repeat(33), 'KEY_NOT_CANONICAL'],
    ])('%s is refused', (_name, key, code) => {
        expect(codeOf(key)).toBe(code);
    });

    it.each([
        'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
        '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
        'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    ])('%s of RFC 8032 is accepted', (key) => {
        expect(codeOf(key)).toBe('accepted');
    });

    it('made by OpenSSL is accepted', () => {
        for (let made = 0; made < 50; made++) {
            const { publicKey } = generateKeyPairSync('ed25519');
            expect(codeOf(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex'))).toBe(
                'accepted',
            );
        }
    });
});
