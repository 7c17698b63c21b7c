// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadLocalMsp, loadMspConfig } from './localMsp.js';
import { newKey, pkcs8, testCertificate } from './testing/testCertificate.js';

const ca = testCertificate({ name: 'ca.a', isCa: true });
const node = testCertificate({
    name: 'node',
    organizationalUnits: ['peer'],
    issuer: ca,
    notAfter: new Date('2030-01-01T00:00:00Z'),
});
const configYaml = `NodeOUs:
  Enable: true
  AdminOUIdentifier: { Certificate: cacerts/ca.pem, OrganizationalUnitIdentifier: admin }
  PeerOUIdentifier: { Certificate: cacerts/missing.pem, OrganizationalUnitIdentifier: peer }
  ClientOUIdentifier: { Certificate: cacerts/ca.pem }
`;
const files = {
    'cacerts/ca.pem': ca.pem,
    'cacerts/readme.txt': 'not a certificate',
    'signcerts/node.pem': node.pem,
    'keystore/0-other': pkcs8(newKey()),
    'keystore/1-text': 'no key',
    'keystore/2-own': pkcs8(node.key),
    'config.yaml': configYaml,
};
let dir = '';

function write(changes: Partial<Record<keyof typeof files, string | undefined>> = {}): void {
    for (const [name, content] of Object.entries({ ...files, ...changes })) {
        if (content !== undefined) {
            mkdirSync(dirname(join(dir, name)), { recursive: true });
            writeFileSync(join(dir, name), content);
        }
    }
}

beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'msp-'));
});
afterEach(() => {
    rmSync(dir, { recursive: true });
});

test('the key that belongs to the certificate is found under any name', () => {
    write();
    const { msp, signer } = loadLocalMsp(dir, 'A', new Date('2026-01-01T00:00:00Z'));
    const identity = msp.deserialize(node.pem, signer.serialized);
    expect(identity.verify(Buffer.from('m'), signer.sign(Buffer.from('m')))).toBe(true);
    expect(signer.certificatePem).toBe(node.pem.toString());
});

test('a unit without name is left out, one whose certificate is missing pins no branch', () => {
    write();
    const { fabricNodeOus, rootCerts } = loadMspConfig(dir, 'A');
    expect(rootCerts).toHaveLength(1);
    expect(fabricNodeOus).toMatchObject({
        enable: true,
        clientOuIdentifier: null,
        peerOuIdentifier: { organizationalUnitIdentifier: 'peer' },
        adminOuIdentifier: { organizationalUnitIdentifier: 'admin', certificate: ca.pem },
        ordererOuIdentifier: null,
    });
    expect(fabricNodeOus?.peerOuIdentifier).not.toHaveProperty('certificate');
});

test('NodeOUs that are switched off are left out', () => {
    write({ 'config.yaml': configYaml.replace('true', 'false') });
    expect(loadMspConfig(dir, 'A').fabricNodeOus).toBeUndefined();
});

test.each([
    [
        'its authorities',
        { 'cacerts/ca.pem': undefined, 'cacerts/readme.txt': undefined },
        'could not load a valid ca certificate from directory',
    ],
    ['its certificate', { 'signcerts/node.pem': 'none' }, /^no signing certificate found in directory .*signcerts$/],
    ['the key of its certificate', { 'keystore/2-own': undefined }, 'KeyMaterial not found in SigningIdentityInfo'],
])('a folder without %s is refused', (_, changes, text) => {
    write(changes);
    expect(() => loadLocalMsp(dir, 'A')).toThrow(text);
});

test('a folder that is not there is missed at its signing certificate', () => {
    expect(() => loadLocalMsp('/nowhere', 'A')).toThrow(
        'could not load signing certificate from directory /nowhere/signcerts: stat /nowhere/signcerts: no such file or directory',
    );
});

test('an expired certificate does not sign', () => {
    write();
    expect(() => loadLocalMsp(dir, 'A', new Date('2030-01-01T01:02:03Z'))).toThrow(
        'signing identity expired 1h2m3s ago',
    );
});
