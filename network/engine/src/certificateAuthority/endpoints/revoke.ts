// SPDX-License-Identifier: Apache-2.0
import { authenticateByToken, type TokenCaller } from '../authentication.js';
import { CaError } from '../caError.js';
import type { CertificateAuthority } from '../certificateAuthority.js';
import { attributeNames } from '../registry/attributes.js';
import { canonicalHex, type IssuedCertificate, revocationReason } from '../registry/certificates.js';
import { inTransaction } from '../registry/database.js';
import type { Identity } from '../registry/identities.js';
import { requireManagementRights, requireRole } from '../registrarRules.js';
import { requiredFields } from '../request.js';
import type { Endpoint } from './endpoint.js';
import { revocationListOf } from './generateRevocationList.js';
import { currentTime } from '../../process/clock.js';

/** POST /revoke: one certificate by serial and AKI, or an identity with all of its certificates. */
export const revoke: Endpoint = async (ca, request) => {
    const fields = requiredFields(request);
    const caller = authenticateByToken(ca, request);
    const target = {
        id: fields.string('id'),
        serial: canonicalHex(fields.string('serial')),
        aki: canonicalHex(fields.string('aki')),
        reason: revocationReason(fields.string('reason')),
    };
    const revoked = inTransaction(ca.database, () => revokeTarget(ca, caller, target));
    const withCrl = fields.boolean('gencrl') && revoked.length > 0;
    const crl = withCrl ? await revocationListOf(ca, ca.certificates.all()) : '';
    return {
        status: 200,
        result: {
            // Go writes an empty slice that was never made as null.
            RevokedCerts:
                revoked.length === 0 ? null : revoked.map(({ serial, aki }) => ({ Serial: serial, AKI: aki })),
            CRL: Buffer.from(crl).toString('base64'),
        },
    };
};

interface RevocationTarget {
    readonly id: string;
    readonly serial: string;
    readonly aki: string;
    readonly reason: number;
}

const revokeTarget = (
    ca: CertificateAuthority,
    caller: TokenCaller,
    target: RevocationTarget,
): readonly IssuedCertificate[] => {
    if (target.serial !== '' && target.aki !== '') return [revokeCertificate(ca, caller, target)];
    if (target.id !== '') return revokeIdentity(ca, caller.identity, target);
    throw new CaError('missingRevocationTarget', 'Either Name or Serial and AKI are required for a revoke request');
};

const revokeCertificate = (
    ca: CertificateAuthority,
    caller: TokenCaller,
    { id, serial, aki, reason }: RevocationTarget,
): IssuedCertificate => {
    const named = `Certificate with serial ${serial} and AKI ${aki}`;
    const certificate = ca.certificates.find(serial, aki);
    if (certificate === undefined) {
        throw new CaError(
            'certificateNotFound',
            `${named} was not found: Failed to get Certificate: sql: no rows in result set`,
        );
    }
    requireRevoker(caller.identity, certificate.owner);
    if (certificate.revoked) throw new CaError('certificateAlreadyRevoked', `${named} was already revoked`);
    if (id !== '' && id !== certificate.owner) {
        throw new CaError('certificateOfAnotherOwner', `${named} is not owned by ${id}`);
    }
    const owner = findRevoked(ca, certificate.owner);
    const isCallersOwn = serial === caller.certificate.serial && aki === caller.certificate.aki;
    if (!isCallersOwn) requireManagementRights(caller.identity, owner);
    ca.certificates.revoke(serial, aki, reason, currentTime());
    return certificate;
};

const revokeIdentity = (
    ca: CertificateAuthority,
    caller: Identity,
    { id, reason }: RevocationTarget,
): readonly IssuedCertificate[] => {
    requireRevoker(caller, id);
    const identity = findRevoked(ca, id);
    if (caller.id !== id) requireManagementRights(caller, identity);
    ca.identities.revoke(id);
    return ca.certificates.revokeAllOf(id, reason, currentTime());
};

const requireRevoker = (caller: Identity, owner: string): void => {
    if (caller.id !== owner) requireRole(caller, attributeNames.revoker);
};

const findRevoked = (ca: CertificateAuthority, id: string): Identity => {
    const identity = ca.identities.find(id);
    if (identity === undefined) {
        throw new CaError(
            'identityToRevokeNotFound',
            `Identity ${id} was not found: Failed to get User: sql: no rows in result set`,
        );
    }
    return identity;
};
