// SPDX-License-Identifier: Apache-2.0
import 'reflect-metadata';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { Pkcs10CertificateRequest, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { requestIdentity } from './certificateRequest.js';

const read = async (commonName: string, hosts: readonly string[]): Promise<Pkcs10CertificateRequest> =>
    new Pkcs10CertificateRequest((await requestIdentity(commonName, hosts)).request);

describe('a request for an identity', () => {
    it('carries the name and the public half of the key, and is signed with that key', async () => {
        const { privateKey, request } = await requestIdentity('cooperative-peer', []);
        const parsed = new Pkcs10CertificateRequest(request);
        const publicKey = createPublicKey(createPrivateKey(privateKey)).export({ type: 'spki', format: 'der' });
        expect(parsed.subject).toBe('CN=cooperative-peer');
        expect(Buffer.from(parsed.publicKey.rawData)).toEqual(publicKey);
        expect(await parsed.verify()).toBe(true);
        expect(parsed.extensions).toEqual([]);
    });

    it('asks for names and addresses as what they are', async () => {
        const [extension] = (await read('p', ['localhost', '127.0.0.1', '1.example'])).extensions;
        const names = new SubjectAlternativeNameExtension(extension?.rawData ?? new ArrayBuffer(0));
        expect(names.names.toJSON()).toEqual([
            { type: 'dns', value: 'localhost' },
            { type: 'ip', value: '127.0.0.1' },
            { type: 'dns', value: '1.example' },
        ]);
    });

    it('makes another key each time', async () => {
        const [one, other] = [await requestIdentity('p', []), await requestIdentity('p', [])];
        expect(one.privateKey).not.toBe(other.privateKey);
    });
});
