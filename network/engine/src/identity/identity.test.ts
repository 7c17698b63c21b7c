// SPDX-License-Identifier: Apache-2.0
import { sign } from 'node:crypto';
import { Msp } from './msp.js';
import { SigningIdentity } from './signingIdentity.js';
import { newKey, otherForm, testCertificate, withOtherSignatureForm } from './testing/testCertificate.js';
import { config, leaf, nodeOus, refusal, serialized } from './testing/testMsp.js';

const rules = Msp.fromConfig(config());

describe('keys', () => {
    const before = Msp.fromConfig(config(), { allowEd25519: false });

    test.each([
        ['P-384', rules, undefined],
        ['ed25519', rules, undefined],
        ['ed25519', before, "could not validate identity's public key algorithm: Ed25519 is not supported"],
        ['rsa', rules, "could not validate identity's public key algorithm: RSA is not supported"],
    ] as const)('of kind %s', (kind, msps, expected) => {
        expect(refusal(msps, leaf({ key: newKey(kind) }))).toBe(expected);
    });

    test.each(['P-256', 'P-384', 'ed25519'] as const)('of kind %s verify what they signed and nothing else', (kind) => {
        const own = leaf({ key: newKey(kind) });
        const signer = new SigningIdentity('A', own.pem.toString(), own.key);
        const identity = rules.deserialize(own.pem, signer.serialized);
        const signature = signer.sign(Buffer.from('message'));
        expect(identity.verify(Buffer.from('message'), signature)).toBe(true);
        expect(identity.verify(Buffer.from('massage'), signature)).toBe(false);
        expect(identity.verify(Buffer.from('message'), Buffer.alloc(0))).toBe(false);
    });

    test('judge bytes and not buffers: a change in place after a good verdict is seen', () => {
        const own = leaf();
        const identity = rules.deserialize(own.pem, Buffer.alloc(0));
        const message = Buffer.from('message');
        const signature = new SigningIdentity('A', own.pem.toString(), own.key).sign(message);
        expect([identity.verify(message, signature), identity.verify(message, signature)]).toEqual([true, true]);
        message[0] = 0;
        expect(identity.verify(message, signature)).toBe(false);
        message[0] = 'm'.charCodeAt(0);
        signature[signature.length - 1]! ^= 1;
        expect(identity.verify(message, signature)).toBe(false);
    });

    test('refuse the high form of a signature and tolerate bytes after it', () => {
        const own = leaf();
        const identity = rules.deserialize(own.pem, Buffer.alloc(0));
        const message = Buffer.from('message');
        const low = new SigningIdentity('A', own.pem.toString(), own.key).sign(message);
        expect(identity.verify(message, otherForm(low))).toBe(false);
        expect(identity.verify(message, Buffer.concat([low, Buffer.of(0)]))).toBe(true);
    });

    test('signing always gives the low form', () => {
        const own = leaf();
        const signer = new SigningIdentity('A', own.pem.toString(), own.key);
        const identity = rules.deserialize(own.pem, Buffer.alloc(0));
        const messages = Array.from({ length: 64 }, (_, i) => Buffer.of(i));
        const rawIsHigh = messages.filter((message) => !identity.verify(message, sign('sha256', message, own.key)));
        expect(rawIsHigh.length).toBeGreaterThan(0);
        expect(messages.every((message) => identity.verify(message, signer.sign(message)))).toBe(true);
    });
});

describe('the two forms of a certificate', () => {
    test('are one identity', () => {
        const own = leaf();
        const [one, other] = [own.pem, withOtherSignatureForm(own)].map((pem) =>
            rules.deserialize(pem, serialized(pem)),
        );
        expect(one!.key).toBe(other!.key);
        expect(one!.serialized.equals(other!.serialized)).toBe(false);
    });

    test('a root in the high form is pinned and trusted like any', () => {
        const high = testCertificate({ name: 'ca.h', isCa: true, signatureForm: 'high' });
        const built = Msp.fromConfig(config({ rootCerts: [high.pem], fabricNodeOus: nodeOus(high.pem) }));
        expect(refusal(built, leaf({ issuer: high, signatureForm: 'high' }))).toBeUndefined();
    });
});
