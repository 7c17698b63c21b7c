// SPDX-License-Identifier: Apache-2.0
import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import { Pkcs10CertificateRequest, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { certificateRequest } from './certificateRequest.js';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const read = (commonName: string, hosts: readonly string[]): Pkcs10CertificateRequest =>
    new Pkcs10CertificateRequest(certificateRequest(commonName, hosts, privateKey, publicKey));

describe('a certificate signing request', () => {
    it('carries name and key, and is signed with that key', async () => {
        const request = read('cooperative-peer', []);
        expect(request.subject).toBe('CN=cooperative-peer');
        expect(Buffer.from(request.publicKey.rawData)).toEqual(publicKey.export({ type: 'spki', format: 'der' }));
        expect(await request.verify()).toBe(true);
        expect(request.extensions).toEqual([]);
    });

    it('asks for names and addresses as what they are', () => {
        const [extension] = read('p', ['localhost', '127.0.0.1', '1.example']).extensions;
        const names = new SubjectAlternativeNameExtension(extension?.rawData ?? new ArrayBuffer(0));
        expect(names.names.toJSON()).toEqual([
            { type: 'dns', value: 'localhost' },
            { type: 'ip', value: '127.0.0.1' },
            { type: 'dns', value: '1.example' },
        ]);
    });

    it.each([1, 64, 127, 128, 255, 256, 2000])('keeps a name of %d bytes', (length) => {
        const name = 'n'.repeat(length);
        expect(read(name, [name]).subject).toBe(`CN=${name}`);
    });
});
