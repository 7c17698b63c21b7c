// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { primitives } from './ed25519.js';
import { createKeyFile, readKeyFile } from './keyFile.js';

let folder: string;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'power-keys-'));
});

afterEach(() => {
    rmSync(folder, { recursive: true });
});

describe('key files', () => {
    it('are readable by their owner only, and read back as the same key', () => {
        const file = join(folder, 'data.pem');
        const made = createKeyFile(file);
        expect(statSync(file).mode & 0o777).toBe(0o600);
        const message = Buffer.from('AICP');
        expect(primitives.verifyEd25519(made.publicKey, message, readKeyFile(file).sign(message))).toBe(true);
    });

    it('are never overwritten', () => {
        const file = join(folder, 'data.pem');
        createKeyFile(file);
        const before = readFileSync(file);
        expect(() => createKeyFile(file)).toThrow('FILE_EXISTS');
        expect(readFileSync(file)).toEqual(before);
    });

    it('are refused when others can read them', () => {
        const file = join(folder, 'data.pem');
        createKeyFile(file);
        chmodSync(file, 0o640);
        expect(() => readKeyFile(file)).toThrow('others can read it');
    });

    it('are refused when they hold another kind of key', () => {
        const file = join(folder, 'p256.pem');
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
        expect(() => readKeyFile(file)).toThrow('it holds no Ed25519 key');
    });

    it('are missed by name', () => {
        expect(() => readKeyFile(join(folder, 'none.pem'))).toThrow('FILE_NOT_FOUND');
    });
});

describe('primitives', () => {
    // RFC 8032 §7.1, tests 1 and 2.
    it.each([
        [
            'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
            '',
            'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
        ],
        [
            '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
            '72',
            '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
        ],
    ])('verify the signatures of RFC 8032', (key, message, signature) => {
        const [k, m, s] = [key, message, signature].map((hex) => Buffer.from(hex, 'hex'));
        expect(primitives.verifyEd25519(k!, m!, s!)).toBe(true);
        s![0]! ^= 1;
        expect(primitives.verifyEd25519(k!, m!, s!)).toBe(false);
    });

    it('answer no, and throw nothing, for bytes that are no key or no signature', () => {
        expect(primitives.verifyEd25519(new Uint8Array(5), new Uint8Array(), new Uint8Array(64))).toBe(false);
        expect(primitives.verifyEd25519(new Uint8Array(32).fill(255), new Uint8Array(), new Uint8Array(64))).toBe(
            false,
        );
    });
});
