// SPDX-License-Identifier: Apache-2.0
import { type KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** A P-256 key with a certificate of its own, for tests. */
export interface TestIdentity {
    readonly certificate: string;
    readonly privateKey: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Makes a self-signed certificate for `localhost` that lasts the given days from now, or has ended for a negative number. */
export async function selfSigned(name: string, days = 30): Promise<TestIdentity> {
    x509.cryptoProvider.set(webcrypto as never);
    const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
    const now = Date.now();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        name: `CN=${name}, OU=client`,
        notBefore: new Date(now - 400 * 86_400_000),
        notAfter: new Date(now + days * 86_400_000),
        signingAlgorithm: ALGORITHM,
        keys,
        extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
    });
    const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return { certificate: certificate.toString('pem'), privateKey: pem('PRIVATE KEY', Buffer.from(pkcs8)) };
}

export function publicKeyOf(certificate: string | Uint8Array): KeyObject {
    return new X509Certificate(certificate).publicKey;
}

function pem(label: string, der: Buffer): string {
    const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
    return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
