// SPDX-License-Identifier: Apache-2.0
import { CaError } from './caError.js';
import type { CertificateAuthority } from './certificateAuthority.js';
import { alternativeNamesOf, requestedAlternativeNames } from './certificates/alternativeNames.js';
import { attributeExtension } from './certificates/attributeExtension.js';
import type { CertificateOrder } from './certificates/issueCertificate.js';
import type { SigningProfile } from './certificates/signingProfile.js';
import { overlongField, readSubject } from './certificates/subjectName.js';
import { BasicConstraintsExtension, Pkcs10CertificateRequest } from './certificates/x509.js';
import { attributeNames } from './registry/attributes.js';
import type { Identity } from './registry/identities.js';
import { requireRole } from './registrarRules.js';
import type { RequestFields } from './requestFields.js';

/**
 * Turns an enrolment request into the certificate to sign: the name comes from the registry, not from the client
 * (fabric-ca lib/serverenroll.go).
 * @throws CaError in Fabric CA's order: request undecodable, common name, profile, rights for a CA, field lengths,
 * attributes, signature of the request.
 */
export const orderCertificate = async (
    ca: CertificateAuthority,
    identity: Identity,
    fields: RequestFields,
): Promise<CertificateOrder> => {
    const request = decodeRequest(fields.string('certificate_request'));
    const subject = readSubject(request.subjectName);
    if (subject.commonName?.at(-1) !== identity.id) {
        throw new CaError('commonNameMismatch', 'The CSR subject common name must equal the enrollment ID');
    }
    const profile = profileFor(ca, fields.string('profile'));
    if (profile.certificateAuthority !== undefined || asksForCa(request)) {
        requireRole(identity, attributeNames.intermediateCa);
    }
    const overlong = overlongField(subject);
    if (overlong !== undefined) throw new CaError('invalidRequestField', `CSR input validation failed: ${overlong}`);
    const attributes = attributeExtension(identity.attributes, fields.attributeRequests());
    await requireProofOfPossession(request);
    const hosts = fields.strings('hosts');
    const notBefore = fields.time('notbefore');
    return {
        subject: { ...subject, commonName: [identity.id], organizationalUnit: organizationalUnits(identity) },
        publicKey: request.publicKey,
        profile,
        ...(notBefore === undefined ? {} : { notBefore }),
        alternativeNames: hosts === undefined ? requestedAlternativeNames(request) : alternativeNamesOf(hosts),
        attributes,
    };
};

const decodeRequest = (pem: string): Pkcs10CertificateRequest => {
    const undecodable = new CaError('invalidCertificateRequest', 'CSR Decode failed');
    if (!/-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----/.test(pem)) throw undecodable;
    try {
        return new Pkcs10CertificateRequest(pem);
    } catch {
        throw undecodable;
    }
};

const profileFor = ({ settings }: CertificateAuthority, name: string): SigningProfile => {
    const profile = name === '' ? settings.defaultProfile : settings.profiles.get(name);
    if (profile === undefined) throw new CaError('unclassified', `Invalid profile: '${name}'`);
    return profile;
};

const asksForCa = (request: Pkcs10CertificateRequest): boolean => {
    const extension = request.extensions.find(({ type }) => type === '2.5.29.19');
    return extension !== undefined && new BasicConstraintsExtension(extension.rawData).ca;
};

const requireProofOfPossession = async (request: Pkcs10CertificateRequest): Promise<void> => {
    if (!(await request.verify())) {
        throw new CaError('unclassified', 'Certificate signing failure: the signature of the CSR does not verify');
    }
};

// NodeOUs: the type and each part of the affiliation. What the client wrote there is discarded.
const organizationalUnits = ({ type, affiliation }: Identity): readonly string[] => [type, ...affiliation.split('.')];
