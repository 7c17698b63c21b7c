// SPDX-License-Identifier: Apache-2.0
import { KeyObject, webcrypto } from 'node:crypto';
import { lowSCrypto } from './certificates/lowSCrypto.js';
import { type Extension, Pkcs10CertificateRequestGenerator } from './certificates/x509.js';

/** A fresh P-256 key and a certificate request (RFC 2986), in PEM, that it signed. */
export const newRequest = async (
    commonName: string,
    extensions: Extension[] = [],
): Promise<{ key: KeyObject; csr: string }> => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const request = await Pkcs10CertificateRequestGenerator.create(
        {
            name: [{ CN: [commonName] }],
            keys,
            signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
            extensions,
        },
        lowSCrypto,
    );
    return { key: KeyObject.from(keys.privateKey), csr: request.toString('pem') };
};
