// SPDX-License-Identifier: Apache-2.0
import { issueCertificate } from './certificates/issueCertificate.js';
import { PublicKey } from './certificates/x509.js';
import { openTestAuthority, type TestAuthority } from './testing/testAuthority.js';
import { newRequest } from './newRequest.js';
import { basicAuthorization, type Credentials, enrolled, send, tokenFor } from './testing/testClient.js';
import { createPublicKey } from 'node:crypto';

let authority: TestAuthority;
let admin: Credentials;

beforeAll(async () => {
    authority = await openTestAuthority({ 'ca.name': 'ca-test' });
    admin = await enrolled(authority.url, 'admin', 'adminpw');
});

afterAll(async () => {
    await authority.close();
});

const target = '/api/v1/identities?ca=ca-test';
const list = (token: string, path = target): Promise<{ status: number; text: string }> =>
    send(authority.url, 'GET', path, '', token);

const call = async (
    method: string,
    path: string,
    fields: object,
    caller = admin,
): Promise<{ status: number; text: string }> => {
    const body = JSON.stringify(fields);
    return send(authority.url, method, path, body, tokenFor(caller, method, path, body));
};

describe('tokens', () => {
    test('are taken when they sign method, target, body and certificate', async () => {
        expect(await list(tokenFor(admin, 'GET', target, ''))).toMatchObject({ status: 200 });
    });

    test.each([
        ['another method', (): string => tokenFor(admin, 'POST', target, '')],
        ['another path', (): string => tokenFor(admin, 'GET', '/identities?ca=ca-test', '')],
        ['no query', (): string => tokenFor(admin, 'GET', '/api/v1/identities', '')],
        ['another body', (): string => tokenFor(admin, 'GET', target, '{}')],
        ['a third part', (): string => `${tokenFor(admin, 'GET', target, '')}.x`],
        ['a scheme word', (): string => `Bearer ${tokenFor(admin, 'GET', target, '')}`],
        ['a high-S signature', (): string => tokenFor(admin, 'GET', target, '', { highS: true })],
    ])('are refused with %s', async (_, token) => {
        expect(await list(token())).toMatchObject({
            status: 401,
            text: expect.stringContaining('"code":20') as string,
        });
    });

    test('are refused when the certificate is of this CA but not in its registry', async () => {
        const { key } = await newRequest('admin');
        const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
        const unfiled = await issueCertificate(
            authority.ca.authority,
            {
                subject: { commonName: ['admin'] },
                publicKey: new PublicKey(new Uint8Array(spki)),
                profile: authority.ca.settings.defaultProfile,
            },
            new Date(),
        );
        const stranger = { key, certificate: unfiled.pem };
        expect(await list(tokenFor(stranger, 'GET', target, ''))).toMatchObject({ status: 401 });
        authority.ca.certificates.insert({ ...unfiled, owner: 'admin' });
        expect(await list(tokenFor(stranger, 'GET', target, ''))).toMatchObject({ status: 200 });
    });

    test('are refused once the certificate has expired, and taken for re-enrolment only where settings allow it', async () => {
        jest.useFakeTimers({
            now: Date.now() + 400 * 24 * 3_600_000,
            doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'],
        });
        try {
            expect(await list(tokenFor(admin, 'GET', target, ''))).toMatchObject({ status: 401 });
            const { csr } = await newRequest('admin');
            expect(await call('POST', '/api/v1/reenroll', { certificate_request: csr })).toMatchObject({ status: 401 });
        } finally {
            jest.useRealTimers();
        }
    });

    test('may be sent to the short path as well', async () => {
        expect(await list(tokenFor(admin, 'GET', '/identities', ''), '/identities')).toMatchObject({ status: 200 });
    });
});

describe('enrolment', () => {
    test('never exceeds the limit, however many requests race', async () => {
        await call('POST', '/register', { id: 'racer', type: 'client', secret: 'pw', max_enrollments: 2 });
        const requests = await Promise.all(Array.from({ length: 8 }, () => newRequest('racer')));
        const answers = await Promise.all(
            requests.map(({ csr }) =>
                send(
                    authority.url,
                    'POST',
                    '/enroll',
                    JSON.stringify({ certificate_request: csr }),
                    basicAuthorization('racer', 'pw'),
                ),
            ),
        );
        expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
        expect(authority.ca.certificates.all().filter(({ owner }) => owner === 'racer')).toHaveLength(2);
    });

    test('is refused when the common name is not the enrolment id', async () => {
        const { csr } = await newRequest('somebody');
        const body = JSON.stringify({ certificate_request: csr });
        const answer = await send(authority.url, 'POST', '/enroll', body, basicAuthorization('admin', 'adminpw'));
        expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('"code":77') as string });
    });

    test('is refused when the request is not signed with its own key', async () => {
        const [{ csr }, other] = await Promise.all([newRequest('admin'), newRequest('admin')]);
        const bytes = (pem: string): Buffer => Buffer.from(pem.split('\n').slice(1, -1).join(''), 'base64');
        const forged = Buffer.concat([bytes(csr).subarray(0, -30), bytes(other.csr).subarray(-30)]).toString('base64');
        const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${forged}\n-----END CERTIFICATE REQUEST-----\n`;
        const body = JSON.stringify({ certificate_request: pem });
        const answer = await send(authority.url, 'POST', '/enroll', body, basicAuthorization('admin', 'adminpw'));
        expect(answer.status).toBeGreaterThanOrEqual(400);
    });

    test('of a CA certificate needs hf.IntermediateCA', async () => {
        await call('POST', '/register', { id: 'plain', type: 'client', secret: 'pw' });
        await expect(enrolled(authority.url, 'plain', 'pw', { profile: 'ca' })).rejects.toThrow('"code":71');
        const { certificate } = await enrolled(authority.url, 'admin', 'adminpw', { profile: 'ca' });
        expect(certificate).toContain('BEGIN CERTIFICATE');
    });
});

describe('registrars', () => {
    let registrar: Credentials;

    beforeAll(async () => {
        const attrs = [
            { name: 'hf.Registrar.Roles', value: 'client,peer' },
            { name: 'hf.Registrar.Attributes', value: 'tariff,hf.Revoker,grid.*' },
            { name: 'hf.Revoker', value: 'false' },
        ];
        await call('POST', '/register', { id: 'org1-admin', type: 'client', secret: 'pw', affiliation: 'org1', attrs });
        registrar = await enrolled(authority.url, 'org1-admin', 'pw');
    });

    const registering = (fields: object): Promise<{ status: number; text: string }> =>
        call('POST', '/register', { id: `id-${String(Math.random())}`, type: 'client', ...fields }, registrar);

    test.each([
        ['their own affiliation by default', {}],
        ['an affiliation below', { affiliation: 'org1.department1' }],
        ['a type whatever its case', { type: 'PEER' }],
        ['an attribute they may give', { attrs: [{ name: 'tariff', value: 'night' }] }],
        ['an attribute that matches a pattern', { attrs: [{ name: 'grid.zone', value: 'NL' }] }],
    ])('may register %s', async (_, fields) => {
        expect(await registering(fields)).toMatchObject({ status: 201 });
    });

    test.each([
        ['an affiliation beside theirs', { affiliation: 'org2' }],
        ['the root affiliation', { affiliation: '.' }],
        ['an affiliation that only starts alike', { affiliation: 'org11' }],
        ['a type they do not have', { type: 'orderer' }],
        ['an attribute that is not theirs to give', { attrs: [{ name: 'colour', value: 'red' }] }],
        ['a right they do not own', { attrs: [{ name: 'hf.Revoker', value: 'true' }] }],
        ['a fixed attribute', { attrs: [{ name: 'hf.Type', value: 'admin' }] }],
    ])('may not register %s', async (_, fields) => {
        expect(await registering(fields)).toMatchObject({
            status: 403,
            text: expect.stringContaining('"code":71') as string,
        });
    });
});
