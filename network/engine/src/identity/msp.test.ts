// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../wire/hashing.js';
import { Msp } from './msp.js';
import { MspManager } from './mspManager.js';
import { clientAuth, serverAuth, testCertificate, testRevocationList } from './testing/testCertificate.js';
import { ca, config, leaf, nodeOus, refusal, serialized } from './testing/testMsp.js';

const rules = Msp.fromConfig(config());
const branch = sha256(ca.der).subarray(0, 8).toString('hex').toUpperCase();

describe('organisational units', () => {
    test.each([
        [
            'none that is a role',
            ['sales'],
            'the identity does not have an OU that resolves to client, peer, orderer, or admin role. OUs: [sales(%)], MSP: [A]',
        ],
        [
            'a role in another case',
            ['Client'],
            'the identity does not have an OU that resolves to client, peer, orderer, or admin role. OUs: [Client(%)], MSP: [A]',
        ],
        [
            'two roles',
            ['client', 'peer'],
            'the identity must have a client, a peer, an orderer, or an admin OU role to be valid, not a combination of them. OUs: [client(%) peer(%)], MSP: [A]',
        ],
        [
            'one role twice',
            ['client', 'client'],
            'the identity must have a client, a peer, an orderer, or an admin OU role to be valid, not a combination of them. OUs: [client(%) client(%)], MSP: [A]',
        ],
    ])('refuse an identity with %s', (_, organizationalUnits, text) => {
        expect(refusal(rules, leaf({ organizationalUnits }))).toBe(
            `could not validate identity's OUs: ${text.replaceAll('%', branch)}`,
        );
    });

    test('allow other names beside one role', () => {
        expect(refusal(rules, leaf({ organizationalUnits: ['sales', 'client'] }))).toBeUndefined();
    });

    test('must come from the branch that config.yaml pins', () => {
        const intermediate = testCertificate({ name: 'ica.a', isCa: true, issuer: ca });
        const pinned = Msp.fromConfig(
            config({ intermediateCerts: [intermediate.pem], fabricNodeOus: nodeOus(intermediate.pem) }),
        );
        expect(refusal(pinned, leaf({ issuer: intermediate }))).toBeUndefined();
        const unpinnedRoot = testCertificate({ name: 'ca2.a', isCa: true });
        const twoBranches = Msp.fromConfig(config({ rootCerts: [ca.pem, unpinnedRoot.pem] }));
        expect(refusal(twoBranches, leaf({ issuer: unpinnedRoot }))).toContain(
            "could not validate identity's OUs: certifiersIdentifier does not match: [client(",
        );
    });

    test('a pin must be a certificate of the MSP', () => {
        const foreign = testCertificate({ name: 'ca.b', isCa: true });
        expect(() => Msp.fromConfig(config({ fabricNodeOus: nodeOus(foreign.pem) }))).toThrow(
            'not in root or intermediate certs.',
        );
    });

    test('that are required must be there', () => {
        const strict = Msp.fromConfig(
            config({
                organizationalUnitIdentifiers: [{ organizationalUnitIdentifier: 'finance', certificate: ca.pem }],
            }),
        );
        expect(refusal(strict, leaf())).toContain("none of the identity's organizational units [client(");
        expect(refusal(strict, leaf({ organizationalUnits: ['finance', 'client'] }))).toBeUndefined();
    });
});

describe('the chain of an identity', () => {
    test('may have expired', () => {
        const expired = leaf({ notAfter: new Date('2024-02-01T00:00:00Z') });
        expect(refusal(rules, expired)).toBeUndefined();
        expect(rules.deserialize(expired.pem, Buffer.alloc(0)).expiresAt).toEqual(new Date('2024-02-01T00:00:00Z'));
    });

    // msp/mspimplvalidate.go, getValidityOptsForCert: the chain is checked at the certificate's own beginning, whatever the time is.
    test('may begin in the future', () => {
        expect(refusal(rules, leaf({ notBefore: new Date(Date.now() + 86_400_000) }))).toBeUndefined();
    });

    test('must not begin after its authority has ended', () => {
        const late = leaf({ notBefore: new Date('2044-06-01T00:00:00Z'), notAfter: new Date('2045-01-01T00:00:00Z') });
        expect(refusal(rules, late)).toMatch(
            /^the supplied identity is not valid: x509: certificate signed by unknown authority .*has expired or is not yet valid/,
        );
    });

    test('must not begin before its authority does', () => {
        expect(refusal(rules, leaf({ notBefore: new Date('2023-12-31T00:00:00Z') }))).toMatch(
            /^the supplied identity is not valid: x509: certificate signed by unknown authority/,
        );
    });

    test.each([
        [
            'only for clients',
            { extendedKeyUsage: [clientAuth] },
            'the supplied identity is not valid: x509: certificate specifies an incompatible key usage',
        ],
        [
            'with a critical extension nobody knows',
            { criticalExtension: '2a030405' },
            'the supplied identity is not valid: x509: unhandled critical extension',
        ],
    ])('is refused %s', (_, options, text) => {
        expect(refusal(rules, leaf(options))).toBe(text);
    });

    test('is accepted for clients and servers', () => {
        expect(refusal(rules, leaf({ extendedKeyUsage: [clientAuth, serverAuth] }))).toBeUndefined();
    });

    test('must be the only one: a renewed authority beside the old one makes all invalid', () => {
        const renewed = testCertificate({ name: 'ca.a', isCa: true, key: ca.key });
        const both = Msp.fromConfig(config({ rootCerts: [ca.pem, renewed.pem] }));
        expect(refusal(both, leaf())).toBe('this MSP only supports a single validation chain, got 2');
        const repeated = Msp.fromConfig(config({ rootCerts: [ca.pem, ca.pem] }));
        expect(refusal(repeated, leaf())).toBeUndefined();
    });

    test('must end in a leaf of the tree of authorities', () => {
        const intermediate = testCertificate({ name: 'ica.a', isCa: true, issuer: ca });
        const tree = Msp.fromConfig(config({ intermediateCerts: [intermediate.pem], fabricNodeOus: nodeOus() }));
        expect(refusal(tree, leaf({ issuer: intermediate }))).toBeUndefined();
        expect(refusal(tree, leaf())).toBe(
            'could not obtain certification chain: invalid validation chain. Parent certificate should be a leaf of the certification tree',
        );
    });

    test('respects the path length of its authorities', () => {
        const narrow = testCertificate({ name: 'ca.n', isCa: true, maxPathLength: 0 });
        const below = testCertificate({ name: 'ica.n', isCa: true, issuer: narrow });
        const build = (): Msp =>
            Msp.fromConfig(
                config({ rootCerts: [narrow.pem], intermediateCerts: [below.pem], fabricNodeOus: nodeOus() }),
            );
        expect(refusal(build(), leaf({ issuer: below }))).toContain(
            'x509: too many intermediates for path length constraint',
        );
    });

    test('is not that of an authority itself, nor of a stranger', () => {
        expect(refusal(rules, ca)).toContain('Certificate Authority equals true cannot be used as an identity');
        const stranger = testCertificate({ name: 'ca.a', isCa: true });
        expect(refusal(rules, leaf({ issuer: stranger }))).toMatch(
            /^the supplied identity is not valid: x509: certificate signed by unknown authority/,
        );
    });
});

describe('revocation', () => {
    const revoked = leaf({ serial: 4711 });
    const list = testRevocationList(ca, [4711]);

    test('counts at once, whatever its dates', () => {
        const strict = Msp.fromConfig(config({ revocationList: [list] }));
        expect(refusal(strict, revoked)).toBe(
            'could not validate identity against certification chain: The certificate has been revoked',
        );
        expect(refusal(strict, leaf({ serial: 4712 }))).toBeUndefined();
        expect(refusal(rules, revoked)).toBeUndefined();
    });

    test('must be signed by the issuer', () => {
        const forged = testRevocationList(ca, [4711], testCertificate({ name: 'ca.a', isCa: true }));
        expect(refusal(Msp.fromConfig(config({ revocationList: [forged] })), revoked)).toBeUndefined();
    });

    test('a list without entries revokes nobody', () => {
        expect(
            refusal(Msp.fromConfig(config({ revocationList: [testRevocationList(ca, [])] })), revoked),
        ).toBeUndefined();
    });
});

describe('setting up', () => {
    test.each([
        ['no authority', { rootCerts: [] }, 'expected at least one CA certificate'],
        [
            'a root that is no authority',
            { rootCerts: [leaf({ issuer: ca }).pem, ca.pem] },
            'CA Certificate did not have the CA attribute',
        ],
        [
            'an authority without key identifier',
            { rootCerts: [ca.pem, testCertificate({ name: 'x', isCa: true, withoutSubjectKeyId: true }).pem] },
            'CA Certificate problem with Subject Key Identifier extension',
        ],
        [
            'no administrator',
            { fabricNodeOus: null },
            'administrators must be declared when no admin ou classification is set',
        ],
        [
            'an administrator who is only a peer',
            { admins: [leaf({ organizationalUnits: ['peer'] }).pem] },
            'admin 0 is invalid',
        ],
        ['bytes that are no certificate', { rootCerts: [Buffer.from('none')] }, 'could not decode the PEM structure'],
        [
            'a TLS root that is no authority',
            { tlsRootCerts: [leaf().pem] },
            'CA Certificate did not have the CA attribute',
        ],
    ])('is refused with %s', (_, changes, text) => {
        expect(() => Msp.fromConfig(config(changes))).toThrow(text);
    });

    test('an expired root is accepted', () => {
        const old = testCertificate({ name: 'ca.o', isCa: true, notAfter: new Date('2024-03-01T00:00:00Z') });
        const built = Msp.fromConfig(config({ rootCerts: [old.pem], fabricNodeOus: nodeOus(old.pem) }));
        expect(refusal(built, leaf({ issuer: old }))).toBeUndefined();
    });
});

describe('the organisations of a channel', () => {
    const manager = new MspManager([rules]);

    test('read identities by MSP id', () => {
        const { pem } = leaf();
        expect(manager.deserialize(serialized(pem)).mspId).toBe('A');
        expect(() => manager.deserialize(serialized(pem, 'B'))).toThrow('MSP B is not defined on channel');
        expect(() => manager.deserialize(Buffer.from('garbage'))).toThrow('error unmarshalling SerializedIdentity');
        expect(() => manager.deserialize(serialized(Buffer.from('no pem')))).toThrow(
            'could not decode the PEM structure',
        );
    });

    test('remember an identity and hold on to no block', () => {
        const bytes = serialized(leaf().pem);
        const block = Buffer.concat([Buffer.alloc(100_000), bytes]);
        const identity = manager.deserialize(block.subarray(100_000));
        expect(manager.deserialize(bytes)).toBe(identity);
        expect(identity.serialized.buffer).not.toBe(block.buffer);
    });
});
