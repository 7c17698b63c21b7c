// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync, verify } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFailure } from '../application/failure.js';
import { loadIdentity } from './identity.js';
import { selfSigned, type TestIdentity } from './testing/certificates.js';

let alice: TestIdentity;
let folder: string;

beforeAll(async () => {
    alice = await selfSigned('alice');
});

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'power-msp-'));
});

afterEach(() => {
    rmSync(folder, { recursive: true });
});

function write(path: string, content: string): void {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
}

function newKey(type: 'P-256' | 'P-384'): string {
    return generateKeyPairSync('ec', { namedCurve: type })
        .privateKey.export({ format: 'pem', type: 'pkcs8' })
        .toString();
}

function problem(now?: Date): string {
    try {
        loadIdentity(folder, 'AuthorityMSP', now);
    } catch (error) {
        return isFailure(error, 'IDENTITY_INVALID') ? error.details.problem : String(error);
    }
    return 'accepted';
}

describe('loadIdentity', () => {
    it('reads certificate and key of an MSP folder', async () => {
        write('signcerts/cert.pem', alice.certificate);
        write('keystore/key.pem', alice.privateKey);
        const { mspId, certificate, signer } = loadIdentity(folder, 'AuthorityMSP');
        const message = Buffer.from('x');
        expect(mspId).toBe('AuthorityMSP');
        expect(verify('sha256', message, certificate.publicKey, await signer(message))).toBe(true);
    });

    it('finds the key of the certificate among those of earlier enrolments', () => {
        write('signcerts/cert.pem', alice.certificate);
        write('keystore/a_old.pem', newKey('P-256'));
        write('keystore/b_new.pem', alice.privateKey);
        expect(problem()).toBe('accepted');
    });

    it.each<[string, () => void, string]>([
        ['a folder without certificate', () => undefined, 'signcerts/ cannot be read'],
        [
            'a file that is no certificate',
            () => {
                write('signcerts/c.pem', 'x');
            },
            'signcerts/ is no PEM',
        ],
        [
            'no key',
            () => {
                write('signcerts/c.pem', alice.certificate);
                mkdirSync(join(folder, 'keystore'));
            },
            'keystore/ holds no file',
        ],
        [
            'the key of somebody else',
            () => {
                write('signcerts/c.pem', alice.certificate);
                write('keystore/k.pem', newKey('P-256'));
            },
            'no key in keystore/',
        ],
    ])('refuses %s', (_, arrange, expected) => {
        arrange();
        expect(problem()).toContain(expected);
    });

    it('refuses a certificate that has ended', () => {
        write('signcerts/cert.pem', alice.certificate);
        write('keystore/key.pem', alice.privateKey);
        expect(problem(new Date(Date.now() + 31 * 86_400_000))).toContain('the certificate expired on');
    });
});
