// SPDX-License-Identifier: Apache-2.0
import { authenticateByPassword, authenticateByToken, enrollmentLimit } from '../authentication.js';
import { authenticationFailure } from '../caError.js';
import type { CertificateAuthority } from '../certificateAuthority.js';
import { orderCertificate } from '../enrollment.js';
import { issueCertificate, type SignedCertificate } from '../certificates/issueCertificate.js';
import { inTransaction } from '../registry/database.js';
import type { Identity } from '../registry/identities.js';
import { type CaResponse, requiredFields } from '../request.js';
import { caInfoFields } from './caInfo.js';
import type { Endpoint } from './endpoint.js';
import { currentTime } from '../../process/clock.js';

/** POST /enroll: a first certificate for an enrolment id and its secret. */
export const enroll: Endpoint = async (ca, request) => {
    const identity = await authenticateByPassword(ca, request);
    const order = await orderCertificate(ca, identity, requiredFields(request));
    const certificate = await issueCertificate(ca.authority, order, currentTime());
    inTransaction(ca.database, () => {
        if (!ca.identities.countEnrollment(identity.id, enrollmentLimit(ca, identity))) {
            throw authenticationFailure(`'${identity.id}' has no enrollments left`);
        }
        file(ca, identity, certificate);
    });
    return enrolled(ca, certificate);
};

/** POST /reenroll: a further certificate for who holds one. Does not count as an enrolment. */
export const reenroll: Endpoint = async (ca, request) => {
    const { identity } = authenticateByToken(ca, request, { ignoreExpiry: ca.settings.reenrollIgnoresExpiry });
    const order = await orderCertificate(ca, identity, requiredFields(request));
    const certificate = await issueCertificate(ca.authority, order, currentTime());
    inTransaction(ca.database, () => {
        file(ca, identity, certificate);
    });
    return enrolled(ca, certificate);
};

const file = (ca: CertificateAuthority, { id }: Identity, certificate: SignedCertificate): void => {
    ca.certificates.insert({ ...certificate, owner: id });
};

const enrolled = (ca: CertificateAuthority, { pem }: SignedCertificate): CaResponse => ({
    status: 201,
    result: { Cert: Buffer.from(pem).toString('base64'), ServerInfo: caInfoFields(ca, '') },
});
