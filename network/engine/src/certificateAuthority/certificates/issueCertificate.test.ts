// SPDX-License-Identifier: Apache-2.0
import { createHash, generateKeyPairSync, X509Certificate as NodeCertificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lowSignature } from '../../identity/ecdsaSignature.js';
import { attributeExtension } from './attributeExtension.js';
import { alternativeNamesOf } from './alternativeNames.js';
import { addMs, roundToMinute } from './certificateTime.js';
import { type CertificateOrder, issueCertificate } from './issueCertificate.js';
import { KeyStore } from './keyStore.js';
import { openSigningAuthority, type SigningAuthority } from './signingAuthority.js';
import type { SigningProfile } from './signingProfile.js';
import { readSubject, subjectName } from './subjectName.js';
import { PublicKey, X509Certificate } from './x509.js';

const recordings = join(__dirname, '../../../fixtures/fabric-3.1.5/ca/certificates');
const hour = 3_600_000;
const defaultProfile: SigningProfile = { usages: ['digital signature'], expiryMs: 8760 * hour };
const tlsProfile: SigningProfile = {
    usages: ['signing', 'key encipherment', 'server auth', 'client auth', 'key agreement'],
    expiryMs: 8760 * hour,
};
const publicKey = new PublicKey(
    new Uint8Array(
        generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' }),
    ),
);

let home: string;
let authority: SigningAuthority;

beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'power-ca-'));
    const files = { certificateFile: join(home, 'ca-cert.pem') };
    const root = { subject: { commonName: ['ca'] }, expiryMs: 131400 * hour, pathLength: 1 };
    ({ authority } = await openSigningAuthority(files, new KeyStore(home), root));
});

afterAll(() => {
    rmSync(home, { recursive: true });
});

const issue = async (order: Partial<CertificateOrder>, now = new Date()): Promise<X509Certificate> => {
    const complete = { subject: { commonName: ['x'] }, publicKey, profile: defaultProfile, ...order };
    return new X509Certificate((await issueCertificate(authority, complete, now)).pem);
};

/** Type, criticality and, where it does not depend on keys, value of each extension in order. */
const shape = (certificate: X509Certificate): unknown[] =>
    certificate.extensions.map(({ type, critical, value }) => {
        const dependsOnKey = type === '2.5.29.14' || type === '2.5.29.35';
        return [type, critical, dependsOnKey ? value.byteLength : Buffer.from(value).toString('hex')];
    });

const client = (name: string): { name: string; value: string; ecert: boolean }[] => [
    { name: 'hf.EnrollmentID', value: name, ecert: true },
    { name: 'hf.Type', value: 'client', ecert: true },
    { name: 'hf.Affiliation', value: 'cooperative.meters', ecert: true },
];

describe('certificates recorded from Fabric CA', () => {
    const cases: Record<string, Partial<CertificateOrder>> = {
        'admin.pem': {},
        'with-attributes.pem': {
            attributes: attributeExtension(
                [
                    { name: 'role', value: 'operator', ecert: true },
                    { name: 'limit', value: '2500', ecert: true },
                    { name: 'hidden', value: 'not in certificate by default' },
                    ...client('meter01'),
                ],
                undefined,
            ),
        },
        'attribute-request.pem': {
            attributes: attributeExtension(
                [{ name: 'hidden', value: 'not in certificate by default' }, ...client('meter01')],
                [
                    { name: 'hidden', optional: false },
                    { name: 'absent', optional: true },
                ],
            ),
        },
        'tls-profile.pem': {
            profile: tlsProfile,
            attributes: attributeExtension(
                [
                    { name: 'hf.EnrollmentID', value: 'peer-meter01', ecert: true },
                    { name: 'hf.Type', value: 'peer', ecert: true },
                    { name: 'hf.Affiliation', value: 'cooperative', ecert: true },
                ],
                undefined,
            ),
        },
    };

    test.each(Object.entries(cases))('%s has the extensions we write', async (file, order) => {
        const recorded = new X509Certificate(readFileSync(join(recordings, file), 'utf8'));
        expect(shape(await issue(order))).toEqual(shape(recorded));
    });

    test.each(['admin.pem', 'with-attributes.pem', 'peer-role.pem'])('%s has the subject bytes we write', (file) => {
        const recorded = new X509Certificate(readFileSync(join(recordings, file), 'utf8'));
        const subject = readSubject(recorded.subjectName);
        const shuffled = { ...subject, organizationalUnit: subject.organizationalUnit?.toReversed() ?? [] };
        const encoded = Buffer.from(subjectName(shuffled).toArrayBuffer());
        expect(encoded.toString('hex')).toBe(Buffer.from(recorded.subjectName.toArrayBuffer()).toString('hex'));
    });
});

test('all organisational units share one multi-valued name, ordered by encoding', () => {
    const name = subjectName({ commonName: ['user1'], organizationalUnit: ['client', 'org1', 'department1'] });
    expect(name.toString()).toBe('OU=org1+OU=client+OU=department1, CN=user1');
});

test('certificates chain to the CA, are low-S and have a positive serial number of at most 20 bytes', async () => {
    for (let attempt = 0; attempt < 8; attempt++) {
        const certificate = await issue({});
        const node = new NodeCertificate(Buffer.from(certificate.rawData));
        expect(node.verify(authority.publicKey)).toBe(true);
        expect(lowSignature(signatureOf(certificate), authority.publicKey)).toBeDefined();
        // Version 3, then the serial number's tag, length and first byte.
        const [, length = '', first = ''] = /a00302010202(..)(..)/.exec(
            Buffer.from(certificate.rawData).toString('hex'),
        )!;
        expect(parseInt(first, 16)).toBeLessThan(0x80);
        expect(parseInt(length, 16)).toBeLessThanOrEqual(20);
    }
});

test('validity starts with the CA and ends with the profile, never after the CA', async () => {
    const now = new Date('2026-11-21T10:02:31.000Z');
    const certificate = await issue({}, now);
    expect(certificate.notBefore).toEqual(authority.certificate.notBefore);
    expect(certificate.notAfter).toEqual(new Date('2027-11-21T10:03:00.000Z'));
    const longest = await issue({ profile: { ...defaultProfile, expiryMs: 10 * 131400 * hour } });
    expect(longest.notAfter).toEqual(authority.certificate.notAfter);
    const early = await issue({ notBefore: new Date('2001-01-01T00:00:00Z') });
    expect(early.notBefore).toEqual(authority.certificate.notBefore);
    const start = roundToMinute(addMs(authority.certificate.notBefore, 24 * hour));
    expect((await issue({ notBefore: start })).notBefore).toEqual(start);
});

test('hosts become alternative names by their form', async () => {
    const names = alternativeNamesOf(['10.0.0.1', 'a@b.example', 'spiffe://x/y', 'peer0.example', '::1']);
    const node = new NodeCertificate(Buffer.from((await issue({ alternativeNames: names })).rawData));
    expect(node.subjectAltName).toBe(
        'DNS:peer0.example, email:a@b.example, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1, URI:spiffe://x/y',
    );
});

test('the ca profile makes a certificate authority with a limited path', async () => {
    const profile: SigningProfile = {
        usages: ['cert sign', 'crl sign'],
        expiryMs: hour,
        certificateAuthority: { pathLength: 0 },
    };
    const certificate = await issue({ profile });
    expect(new NodeCertificate(Buffer.from(certificate.rawData)).ca).toBe(true);
    expect(shape(certificate)).toContainEqual(['2.5.29.19', true, '30060101ff020100']);
    expect(shape(certificate)).toContainEqual(['2.5.29.15', true, '03020106']);
});

test('the CA key is stored under the hash of its point and found again', async () => {
    const files = { certificateFile: join(home, 'ca-cert.pem') };
    const again = await openSigningAuthority(files, new KeyStore(home), {
        subject: { commonName: ['another'] },
        expiryMs: hour,
        pathLength: 0,
    });
    expect(again.created).toBe(false);
    expect(again.authority.pem).toBe(authority.pem);
    const point = Buffer.from(authority.certificate.publicKey.rawData).subarray(-65);
    expect(authority.keyIdentifier).toBe(createHash('sha256').update(point).digest('hex'));
    await expect(openSigningAuthority(files, new KeyStore(join(home, 'empty')), again as never)).rejects.toThrow(
        'no private key',
    );
});

const signatureOf = (certificate: X509Certificate): Buffer => {
    // The signature value is the last BIT STRING of a certificate; its first content byte counts unused bits.
    const der = Buffer.from(certificate.rawData);
    const start = der.lastIndexOf(Buffer.from('300a06082a8648ce3d0403020', 'hex')) + 12;
    return der.subarray(start + 3);
};
