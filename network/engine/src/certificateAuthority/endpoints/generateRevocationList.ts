// SPDX-License-Identifier: Apache-2.0
import { authenticateByToken } from '../authentication.js';
import { authorizationFailure, CaError } from '../caError.js';
import type { CertificateAuthority } from '../certificateAuthority.js';
import { revocationList } from '../certificates/revocationList.js';
import { attributeNames, attributeValue, booleanText } from '../registry/attributes.js';
import type { IssuedCertificate } from '../registry/certificates.js';
import { requiredFields } from '../request.js';
import type { RequestFields } from '../requestFields.js';
import type { Endpoint } from './endpoint.js';
import { currentTime } from '../../process/clock.js';

/** POST /gencrl: the CRL of all revoked certificates, or of those in the windows given. */
export const generateRevocationList: Endpoint = async (ca, request) => {
    const fields = requiredFields(request);
    const { identity } = authenticateByToken(ca, request);
    if (booleanText(attributeValue(identity.attributes, attributeNames.generateCrl) ?? '') !== true) {
        throw authorizationFailure(`The identity '${identity.id}' does not have authority to generate a CRL`);
    }
    const isRevokedWithin = windowOf(fields, 'revoked', 'invalidRevocationWindow');
    const isExpiredWithin = windowOf(fields, 'expire', 'invalidExpiryWindow');
    const selected = ca.certificates
        .all()
        .filter(
            ({ revokedAt, expiresAt }) =>
                revokedAt !== undefined && isRevokedWithin(revokedAt) && isExpiredWithin(expiresAt),
        );
    const crl = await revocationListOf(ca, selected);
    return { status: 200, result: { CRL: Buffer.from(crl).toString('base64') } };
};

/** The CRL, in PEM, of those certificates that are revoked. */
export const revocationListOf = (
    ca: CertificateAuthority,
    certificates: readonly IssuedCertificate[],
): Promise<string> =>
    revocationList(
        ca.authority,
        certificates.filter(({ revoked }) => revoked),
        ca.settings.crlExpiryMs,
        currentTime(),
    );

const windowOf = (
    fields: RequestFields,
    prefix: 'revoked' | 'expire',
    refusal: 'invalidRevocationWindow' | 'invalidExpiryWindow',
): ((time: Date) => boolean) => {
    const after = fields.time(`${prefix}after`);
    const before = fields.time(`${prefix}before`);
    if (after !== undefined && before !== undefined && after > before) {
        throw new CaError(
            refusal,
            `Invalid '${prefix}after' value. It must not be a timestamp greater than '${prefix}before'`,
        );
    }
    return (time) => (after === undefined || time > after) && (before === undefined || time < before);
};
