// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, sign, X509Certificate } from 'node:crypto';
import { toLowSignature } from '../identity/ecdsaSignature.js';
import { Msp } from '../identity/msp.js';
import { MspRole } from '../identity/principal.js';
import { nodeOus, refusal, rolePrincipal, satisfies } from '../identity/testing/testMsp.js';
import { readSubject } from './certificates/subjectName.js';
import { X509Certificate as ParsedCertificate, X509Crl } from './certificates/x509.js';
import { newRequest } from './newRequest.js';
import { openTestAuthority, type TestAuthority } from './testing/testAuthority.js';
import { basicAuthorization, certificateIn, enrolled, send, tokenFor, type Credentials } from './testing/testClient.js';

// Each test is a case of Fabric CA 1.5; docs/internals/engine-cases.md lists those that other files hold.

let authority: TestAuthority;
let admin: Credentials;

beforeAll(async () => {
    authority = await openTestAuthority();
    admin = await enrolled(authority.url, 'admin', 'adminpw');
});
afterAll(() => authority.close());

type Answer = Awaited<ReturnType<typeof send>>;

function call(method: string, path: string, fields: object, caller = admin): Promise<Answer> {
    const body = JSON.stringify(fields);
    return send(authority.url, method, path, body, tokenFor(caller, method, path, body));
}

async function enrol(user: string, password: string, fields: object = {}, commonName = user): Promise<Answer> {
    const { csr } = await newRequest(commonName);
    const body = JSON.stringify({ certificate_request: csr, caname: '', ...fields });
    return send(authority.url, 'POST', '/api/v1/enroll', body, basicAuthorization(user, password));
}

async function register(id: string, fields: object = {}): Promise<void> {
    const answer = await call('POST', '/api/v1/register', {
        id,
        secret: 'pw',
        type: 'client',
        affiliation: '',
        ...fields,
    });
    expect(answer.status).toBe(201);
}

const errorOf = ({ status, text }: Answer): [number, number] => [
    status,
    (JSON.parse(text) as { errors: { code: number }[] }).errors[0]?.code ?? -1,
];
const attributesIn = (pem: string): string | undefined => {
    const extension = new ParsedCertificate(pem).getExtension('1.2.3.4.5.6.7.8.1') ?? undefined;
    return extension && Buffer.from(extension.value).toString();
};

describe('the exchanges of the recorded clients', () => {
    it('enrol: a certificate and what there is to know of the server', async () => {
        const { status, text } = await enrol('admin', 'adminpw');
        expect(status).toBe(201);
        expect(JSON.parse(text)).toEqual({
            result: {
                Cert: expect.stringMatching(/^LS0t/) as string,
                ServerInfo: {
                    CAName: '',
                    CAChain: expect.stringMatching(/^LS0t/) as string,
                    IssuerPublicKey: expect.any(String) as string,
                    IssuerRevocationPublicKey: expect.any(String) as string,
                    Version: '',
                },
            },
            errors: [],
            messages: [],
            success: true,
        });
    });

    it('register: the place of the new identity and its secret, and a conflict the second time', async () => {
        const fields = {
            id: 'user1',
            affiliation: 'org1.department1',
            max_enrollments: 1,
            type: 'client',
            attrs: [{ name: 'role', value: 'bank', ecert: true }],
            secret: 'user1pw',
            caname: '',
        };
        const { status, headers, text } = await call('POST', '/api/v1/register', fields);
        expect([status, headers.get('location')]).toEqual([201, '/api/v1/identities/user1']);
        expect(text.replaceAll('\n', '')).toBe(
            '{"result":{"secret":"user1pw"},"errors":[],"messages":[],"success":true}',
        );
        const again = await call('POST', '/register', fields);
        expect([again.status, again.text.replaceAll('\n', '')]).toEqual([
            409,
            '{"result":"","errors":[{"code":74,"message":"Identity \'user1\' is already registered"}],"messages":[],"success":false}',
        ]);
    });

    it('revoke: the revoked certificates with their list, and none the second time', async () => {
        await register('p1', { type: 'peer' });
        const p1 = await enrolled(authority.url, 'p1', 'pw');
        const fields = { id: 'p1', reason: 'keycompromise', gencrl: true };
        const { status, text } = await call('POST', '/revoke', fields);
        const { result } = JSON.parse(text) as { result: { RevokedCerts: { Serial: string }[]; CRL: string } };
        const serial = new X509Certificate(p1.certificate).serialNumber.toLowerCase().replace(/^0+/, '');
        expect([status, result.RevokedCerts.map(({ Serial }) => Serial)]).toEqual([200, [serial]]);
        expect(Buffer.from(result.CRL, 'base64').toString()).toMatch(/^-----BEGIN X509 CRL-----\n/);
        expect(new X509Crl(Buffer.from(result.CRL, 'base64').toString()).entries).toHaveLength(1);
        expect(errorOf(await call('POST', '/reenroll', {}, p1))).toEqual([401, 20]);
        expect(errorOf(await enrol('p1', 'pw'))).toEqual([401, 20]);
        const again = JSON.parse((await call('POST', '/revoke', { id: 'p1' })).text) as { result: object };
        expect(again.result).toMatchObject({ RevokedCerts: null });
    });
});

describe('a secret', () => {
    it('that was wrong ten times opens nothing any more', async () => {
        await register('locked');
        for (let attempt = 0; attempt < 10; attempt++)
            expect(errorOf(await enrol('locked', 'wrong'))).toEqual([401, 20]);
        expect(errorOf(await enrol('locked', 'pw'))).toEqual([401, 73]);
    });

    it('enrols as often as was agreed', async () => {
        await register('once', { max_enrollments: 1 });
        expect((await enrol('once', 'pw')).status).toBe(201);
        expect(errorOf(await enrol('once', 'pw'))).toEqual([401, 20]);
    });
});

describe('a token', () => {
    it('in the form before method and target were signed is refused', async () => {
        const encoded = Buffer.from(admin.certificate).toString('base64');
        const payload = Buffer.from(`.${encoded}`);
        const signature = toLowSignature(sign('sha256', payload, admin.key), createPublicKey(admin.key));
        const token = `${encoded}.${signature.toString('base64')}`;
        expect(errorOf(await send(authority.url, 'GET', '/identities', '', token))).toEqual([401, 20]);
    });
});

describe('an enrolment certificate', () => {
    beforeAll(() =>
        register('meter', { affiliation: 'org1.department1', attrs: [{ name: 'role', value: 'bank', ecert: true }] }),
    );

    it('names type and affiliation in one part of its subject, starts with the CA and carries the attributes', async () => {
        const { certificate } = await enrolled(authority.url, 'meter', 'pw');
        const parsed = new ParsedCertificate(certificate);
        expect(readSubject(parsed.subjectName).organizationalUnit).toEqual(['org1', 'client', 'department1']);
        expect(new X509Certificate(certificate).subject).toContain('OU=org1 + OU=client + OU=department1');
        expect(parsed.notBefore).toEqual(new ParsedCertificate(authority.ca.authority.pem).notBefore);
        expect(attributesIn(certificate)).toBe(
            '{"attrs":{"hf.Affiliation":"org1.department1","hf.EnrollmentID":"meter","hf.Type":"client","role":"bank"}}',
        );
    });

    it.each([
        ['no list', { attr_reqs: null }, /^{"attrs":{"hf\.Affiliation".*"role":"bank"}}$/],
        ['an empty list', { attr_reqs: [] }, /^{"attrs":{}}$/],
        ['an optional one that is missing', { attr_reqs: [{ name: 'x', optional: true }] }, /^{"attrs":{}}$/],
    ])('asked for with %s of attributes has what belongs to it', async (_, fields, expected) => {
        const answer = await enrol('meter', 'pw', fields);
        expect(attributesIn(certificateIn(answer.text))).toMatch(expected);
    });

    it.each<[string, object, string, [number, number]]>([
        ['a required attribute that is missing', { attr_reqs: [{ name: 'x' }] }, 'meter', [500, 0]],
        ['the common name of another', {}, 'other', [403, 77]],
        ['a profile that does not exist', { profile: 'nope' }, 'meter', [500, 0]],
        ['the profile of an authority', { profile: 'ca' }, 'meter', [403, 71]],
    ])('is not issued with %s', async (_, fields, commonName, error) => {
        expect(errorOf(await enrol('meter', 'pw', fields, commonName))).toEqual(error);
    });

    it('of type admin administrates an MSP with NodeOUs, and one of type user is none of its members', async () => {
        const rules = Msp.fromConfig({
            name: 'A',
            rootCerts: [Buffer.from(authority.ca.authority.pem)],
            fabricNodeOus: nodeOus(),
        });
        await register('boss', { type: 'admin' });
        await register('guest', { type: 'user' });
        const boss = { pem: Buffer.from((await enrolled(authority.url, 'boss', 'pw')).certificate) };
        const guest = { pem: Buffer.from((await enrolled(authority.url, 'guest', 'pw')).certificate) };
        expect(satisfies(rules, boss, rolePrincipal(MspRole.ADMIN))).toBeUndefined();
        expect(refusal(rules, guest)).toContain(
            'the identity does not have an OU that resolves to client, peer, orderer, or admin role',
        );
    });
});
