// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
    bootstrap,
    openTestAuthority,
    type TestAuthority,
} from '@power-currency/engine/certificateAuthority/testing/testAuthority.js';
import { writeMspFolder } from '@power-currency/engine/localNetwork/mspFiles.js';
import { type CertificateAuthority, type Enrolment, openCertificateAuthority } from './certificateAuthority.js';
import { loadIdentity } from './identity.js';

let server: TestAuthority;
let authority: CertificateAuthority;
let registrar: Enrolment;

beforeAll(async () => {
    server = await openTestAuthority();
    authority = openCertificateAuthority({ url: server.url, caName: '', mspId: 'AuthorityMSP', tlsRoots: '' });
    registrar = await authority.enrol({ enrolmentId: bootstrap.user, secret: bootstrap.password });
});

afterAll(async () => {
    await server.close();
});

describe('a certificate authority', () => {
    it.each(['client', 'peer', 'orderer', 'admin'] as const)(
        'writes the role %s into the certificate',
        async (role) => {
            await authority.register({ enrolmentId: `a-${role}`, secret: 'pw', role }, registrar);
            const { certificate, privateKey } = await authority.enrol({ enrolmentId: `a-${role}`, secret: 'pw' });
            const parsed = new X509Certificate(certificate);
            expect(parsed.subject.split('\n')).toEqual(expect.arrayContaining([`OU=${role}`, `CN=a-${role}`]));
            expect(privateKey).toContain('PRIVATE KEY');
        },
    );

    it('puts the hosts into the certificate of the TLS profile', async () => {
        await authority.register({ enrolmentId: 'p0', secret: 'pw', role: 'peer' }, registrar);
        const { certificate } = await authority.enrol({
            enrolmentId: 'p0',
            secret: 'pw',
            profile: 'tls',
            hosts: ['localhost', 'peer.example', '127.0.0.1'],
        });
        const { subjectAltName } = new X509Certificate(certificate);
        expect(subjectAltName).toBe('DNS:localhost, DNS:peer.example, IP Address:127.0.0.1');
    });

    it('puts registered attributes into the certificate', async () => {
        const attributes = { 'power.role': 'custodian' };
        await authority.register({ enrolmentId: 'c1', secret: 'pw', role: 'client', attributes }, registrar);
        const { certificate } = await authority.enrol({ enrolmentId: 'c1', secret: 'pw', attributes: ['power.role'] });
        expect(new X509Certificate(certificate).raw.includes('"power.role":"custodian"')).toBe(true);
    });

    it('writes an enrolment as an MSP folder that its identity is loaded from', async () => {
        const folder = mkdtempSync(join(tmpdir(), 'power-msp-'));
        try {
            writeMspFolder(folder, registrar);
            expect(loadIdentity(folder, 'AuthorityMSP').certificate.subject).toContain(`CN=${bootstrap.user}`);
            expect(statSync(join(folder, 'keystore', 'key.pem')).mode & 0o077).toBe(0);
            expect(readFileSync(join(folder, 'cacerts', 'ca.pem'), 'utf8')).toBe(registrar.caChain);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it('gives the refusal of the CA, and where it was asked', async () => {
        await expect(authority.enrol({ enrolmentId: 'nobody', secret: 'x' })).rejects.toMatchObject({
            code: 'CA_REFUSED',
            details: { url: server.url },
        });
    });

    it('waits for a CA that takes more than three seconds to answer', async () => {
        const slow = createServer((_, response) => {
            setTimeout(
                () => response.writeHead(503).end('{"success":false,"errors":[{"code":0,"message":"busy"}]}'),
                3_300,
            );
        });
        await once(slow.listen(0, 'localhost'), 'listening');
        const url = `http://localhost:${String((slow.address() as AddressInfo).port)}`;
        const busy = openCertificateAuthority({ url, caName: '', mspId: 'AuthorityMSP', tlsRoots: '' });
        try {
            await expect(busy.enrol({ enrolmentId: 'somebody', secret: 'x' })).rejects.toThrow('busy');
        } finally {
            slow.close();
        }
    });
});
