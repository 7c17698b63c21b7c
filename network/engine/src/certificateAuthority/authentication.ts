// SPDX-License-Identifier: Apache-2.0
import type { X509Certificate } from 'node:crypto';
import { authenticationFailure, CaError } from './caError.js';
import { X509Certificate as DecodedCertificate, AuthorityKeyIdentifierExtension } from './certificates/x509.js';
import type { CertificateAuthority } from './certificateAuthority.js';
import { verifyPassword } from './password.js';
import { canonicalHex, type IssuedCertificate } from './registry/certificates.js';
import type { Identity } from './registry/identities.js';
import { type CaRequest, targetCa } from './request.js';
import { verifyToken } from './token.js';
import { currentTime } from '../process/clock.js';

/** A caller who proved to hold the key of a certificate this CA issued. */
export interface TokenCaller {
    readonly identity: Identity;
    readonly certificate: IssuedCertificate;
}

/**
 * Checks enrolment id and secret of HTTP basic authentication.
 * @throws CaError `noAuthorizationHeader`, `unknownCa`, `passwordAttempts` or `authentication`.
 */
export const authenticateByPassword = async (ca: CertificateAuthority, request: CaRequest): Promise<Identity> => {
    const header = authorizationHeader(request);
    const [, encoded] = /^basic (.*)$/i.exec(header) ?? [];
    const credentials = Buffer.from(encoded ?? '', 'base64').toString('utf8');
    const separator = credentials.indexOf(':');
    if (separator < 0) throw authenticationFailure('No user/pass in authorization header');
    requireThisCa(ca, request);
    if (ca.settings.maxEnrollments === 0) throw authenticationFailure('Enroll is disabled');
    const identity = ca.identities.find(credentials.slice(0, separator));
    if (identity === undefined) throw authenticationFailure('Failed to get user');
    refuseLocked(ca, identity);
    // Counted before the check, which takes a while: guesses in parallel must not slip past the limit.
    ca.identities.countFailedLogin(identity.id);
    if (!(await verifyPassword(credentials.slice(separator + 1), identity.passwordHash))) {
        throw authenticationFailure(`Login failure of '${identity.id}': wrong password`);
    }
    ca.identities.clearFailedLogins(identity.id);
    if (!hasEnrollmentsLeft(identity, enrollmentLimit(ca, identity))) {
        throw authenticationFailure(`Login failure of '${identity.id}': revoked, or no enrollments left`);
    }
    return identity;
};

/**
 * Checks the token of a caller who holds a certificate of this CA.
 * @param options.ignoreExpiry lets an expired certificate pass, for re-enrolment where the settings allow it.
 * @throws CaError `noAuthorizationHeader`, `unknownCa` or `authentication`.
 */
export const authenticateByToken = (
    ca: CertificateAuthority,
    request: CaRequest,
    options: { readonly ignoreExpiry: boolean } = { ignoreExpiry: false },
): TokenCaller => {
    const token = authorizationHeader(request);
    requireThisCa(ca, request);
    const certificate = verifyToken(token, request);
    requireIssuedHere(ca, certificate, options.ignoreExpiry);
    const issued = findIssued(ca, certificate);
    if (issued === undefined) throw authenticationFailure('The certificate is not in the registry');
    if (issued.revoked) throw authenticationFailure('The certificate in the authorization header is revoked');
    const identity = ca.identities.find(issued.owner);
    if (identity === undefined) throw authenticationFailure(`no identity '${issued.owner}'`);
    return { identity, certificate: issued };
};

/** Uses of the secret the identity has in all: its own limit under the CA's; -1 for no limit. */
export const enrollmentLimit = (ca: CertificateAuthority, { maxEnrollments }: Identity): number => {
    const limit = ca.settings.maxEnrollments;
    if (limit === -1) return maxEnrollments;
    return maxEnrollments === -1 ? limit : Math.min(maxEnrollments, limit);
};

/** @throws CaError `unknownCa` when the request names another CA. */
export const requireThisCa = (ca: CertificateAuthority, request: CaRequest): void => {
    const name = targetCa(request);
    if (name !== '' && name !== ca.settings.caName) throw new CaError('unknownCa', `CA '${name}' does not exist`);
};

const authorizationHeader = ({ authorization }: CaRequest): string => {
    if (authorization === undefined || authorization === '') {
        throw new CaError('noAuthorizationHeader', 'No authorization header');
    }
    return authorization;
};

const refuseLocked = (ca: CertificateAuthority, { failedLogins }: Identity): void => {
    const { passwordAttempts } = ca.settings;
    if (passwordAttempts > 0 && failedLogins >= passwordAttempts) {
        throw new CaError(
            'passwordAttempts',
            `Incorrect password entered ${String(failedLogins)} times, max incorrect password limit of ${String(passwordAttempts)} reached`,
        );
    }
};

const hasEnrollmentsLeft = ({ enrollments }: Identity, limit: number): boolean =>
    enrollments >= 0 && (limit === -1 || enrollments < limit);

const requireIssuedHere = (ca: CertificateAuthority, certificate: X509Certificate, ignoreExpiry: boolean): void => {
    if (!certificate.verify(ca.authority.publicKey)) throw authenticationFailure('Untrusted certificate');
    const now = currentTime();
    if (certificate.validFromDate > now) throw authenticationFailure('The certificate is not valid yet');
    if (!ignoreExpiry && certificate.validToDate < now) throw authenticationFailure('The certificate has expired');
};

const findIssued = (ca: CertificateAuthority, certificate: X509Certificate): IssuedCertificate | undefined => {
    const aki = new DecodedCertificate(new Uint8Array(certificate.raw)).getExtension(AuthorityKeyIdentifierExtension);
    return ca.certificates.find(canonicalHex(certificate.serialNumber), canonicalHex(aki?.keyId ?? ''));
};
