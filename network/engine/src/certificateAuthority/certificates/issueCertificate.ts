// SPDX-License-Identifier: Apache-2.0
import { canonicalHex } from '../registry/certificates.js';
import { addMs, earlier, later, roundToMinute } from './certificateTime.js';
import { lowSCrypto } from './lowSCrypto.js';
import { randomSerialNumber, type SigningAuthority } from './signingAuthority.js';
import { type SigningProfile, usageExtensions } from './signingProfile.js';
import { type Subject, subjectName } from './subjectName.js';
import {
    AuthorityKeyIdentifierExtension,
    type Extension,
    type PublicKey,
    SubjectKeyIdentifierExtension,
    X509CertificateGenerator,
} from './x509.js';

export interface CertificateOrder {
    readonly subject: Subject;
    readonly publicKey: PublicKey;
    readonly profile: SigningProfile;
    /** A start of validity after the CA's own; earlier ones and none mean the CA's. */
    readonly notBefore?: Date;
    readonly alternativeNames?: Extension | undefined;
    readonly attributes?: Extension | undefined;
}

/** A signed certificate with the fields the registry files it under. */
export interface SignedCertificate {
    readonly pem: string;
    readonly serial: string;
    readonly aki: string;
    readonly expiresAt: Date;
}

/** Signs a certificate in Fabric CA's profile: the fields, their order and their encodings (fabric-ca lib/serverenroll.go and cfssl). */
export const issueCertificate = async (
    authority: SigningAuthority,
    order: CertificateOrder,
    now: Date,
): Promise<SignedCertificate> => {
    const issuer = authority.certificate;
    const extensions: Extension[] = [
        ...usageExtensions(order.profile),
        // SHA-1 of the key's bits (RFC 5280 §4.2.1.2, method 1): a name for the key, not a protection.
        await SubjectKeyIdentifierExtension.create(order.publicKey, false, lowSCrypto),
        new AuthorityKeyIdentifierExtension(authority.keyIdentifier),
    ];
    if (order.alternativeNames !== undefined) extensions.push(order.alternativeNames);
    if (order.attributes !== undefined) extensions.push(order.attributes);
    const serialNumber = randomSerialNumber();
    const notAfter = earlier(addMs(roundToMinute(now), order.profile.expiryMs), issuer.notAfter);
    const certificate = await X509CertificateGenerator.create(
        {
            serialNumber,
            subject: subjectName(order.subject),
            issuer: issuer.subjectName,
            notBefore: later(order.notBefore ?? issuer.notBefore, issuer.notBefore),
            notAfter,
            publicKey: order.publicKey,
            signingKey: authority.signingKey,
            signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
            extensions,
        },
        lowSCrypto,
    );
    return {
        pem: `${certificate.toString('pem')}\n`,
        serial: canonicalHex(serialNumber),
        aki: canonicalHex(authority.keyIdentifier),
        expiresAt: notAfter,
    };
};
