// SPDX-License-Identifier: Apache-2.0
import type { IssuedCertificate } from '../registry/certificates.js';
import { addMs } from './certificateTime.js';
import { lowSCrypto } from './lowSCrypto.js';
import type { SigningAuthority } from './signingAuthority.js';
import { AuthorityKeyIdentifierExtension, X509CrlGenerator } from './x509.js';

/** A CRL (RFC 5280 §5, version 2) of the given certificates as PEM, valid from now for `expiryMs`. Entries carry no reason, as in Fabric CA. */
export const revocationList = async (
    authority: SigningAuthority,
    revoked: readonly IssuedCertificate[],
    expiryMs: number,
    now: Date,
): Promise<string> => {
    const crl = await X509CrlGenerator.create(
        {
            issuer: authority.certificate.subjectName,
            thisUpdate: wholeSeconds(now),
            nextUpdate: wholeSeconds(addMs(now, expiryMs)),
            signingKey: authority.signingKey,
            signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
            extensions: [new AuthorityKeyIdentifierExtension(authority.keyIdentifier)],
            entries: revoked.map(({ serial, revokedAt }) => ({
                serialNumber: serial.padStart(serial.length + (serial.length % 2), '0'),
                revocationDate: wholeSeconds(revokedAt ?? now),
            })),
        },
        lowSCrypto,
    );
    return pem(Buffer.from(crl.rawData));
};

/** With the label of Fabric CA, which openssl asks for too; X509Crl writes another. */
const pem = (der: Buffer): string => {
    const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
    return `-----BEGIN X509 CRL-----\n${lines.join('\n')}\n-----END X509 CRL-----\n`;
};

const wholeSeconds = (time: Date): Date => new Date(Math.floor(time.getTime() / 1000) * 1000);
