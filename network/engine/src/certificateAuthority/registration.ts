// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../wire/errorText.js';
import { authorizationFailure, CaError } from './caError.js';
import type { CertificateAuthority } from './certificateAuthority.js';
import { hashPassword, randomSecret } from './password.js';
import { attributeNames, type Attribute } from './registry/attributes.js';
import { inTransaction } from './registry/database.js';
import type { Identity } from './registry/identities.js';
import { requireAffiliationRights, requireAttributeRights, requireTypeRights } from './registrarRules.js';
import type { RequestFields } from './requestFields.js';

/** Who is to be registered, after defaults were taken from the registrar. */
interface Registration {
    readonly id: string;
    readonly secret: string;
    readonly type: string;
    readonly affiliation: string;
    readonly attributes: readonly Attribute[];
    readonly maxEnrollments: number;
}

/**
 * Registers an identity on behalf of `registrar` and returns its secret.
 * @throws CaError `authorization`, `invalidMaxEnrollments`, `unclassified` (secret too long), `identityExists`, in this order.
 */
export const registerIdentity = async (
    ca: CertificateAuthority,
    registrar: Identity,
    id: string,
    fields: RequestFields,
): Promise<string> => {
    const registration = readRegistration(registrar, id, fields);
    requireRegistrationRights(ca, registrar, registration);
    const maxEnrollments = maxEnrollmentsFor(registration.maxEnrollments, ca.settings.maxEnrollments);
    const { secret, type, affiliation } = registration;
    if (ca.identities.find(id) !== undefined) {
        throw new CaError('identityExists', `Identity '${id}' is already registered`);
    }
    const identity = {
        id,
        passwordHash: await hashedSecret(secret, id),
        type,
        affiliation,
        attributes: [
            ...registration.attributes,
            { name: attributeNames.enrollmentId, value: id, ecert: true },
            { name: attributeNames.type, value: type, ecert: true },
            { name: attributeNames.affiliation, value: affiliation, ecert: true },
        ],
        maxEnrollments,
    };
    inTransaction(ca.database, () => {
        ca.identities.insert(identity);
    });
    return secret;
};

/**
 * How often a secret may be used, from the request and the CA's limit (fabric-ca lib/util.go, getMaxEnrollments).
 * @throws CaError `invalidMaxEnrollments`.
 */
export const maxEnrollmentsFor = (requested: number, limit: number): number => {
    if (requested < -1) {
        throw refusedMaxEnrollments(
            `Max enrollment in registration request may not be less than -1, but was ${String(requested)}`,
        );
    }
    if (limit === -1) return requested === 0 ? -1 : requested;
    if (limit === 0) throw refusedMaxEnrollments('Registration is disabled');
    if (requested === -1) throw refusedMaxEnrollments('Registration for infinite enrollments is not allowed');
    if (requested > limit) {
        throw refusedMaxEnrollments(
            `Requested enrollments (${String(requested)}) exceeds maximum allowable enrollments (${String(limit)})`,
        );
    }
    return requested === 0 ? limit : requested;
};

const readRegistration = (registrar: Identity, id: string, fields: RequestFields): Registration => {
    const affiliation = fields.string('affiliation');
    return {
        id,
        secret: fields.string('secret') || randomSecret(),
        type: fields.string('type') || registrar.type,
        // "." asks for the root; nothing means "as I am".
        affiliation: affiliation === '.' ? '' : affiliation || registrar.affiliation,
        attributes: fields.attributes(),
        maxEnrollments: fields.integer('max_enrollments'),
    };
};

const requireRegistrationRights = (ca: CertificateAuthority, registrar: Identity, registration: Registration): void => {
    requireTypeRights(registrar, registration.type);
    requireAffiliationRights(registrar, registration.affiliation);
    if (registration.affiliation !== '' && !ca.affiliations.has(registration.affiliation)) {
        throw authorizationFailure(`no affiliation '${registration.affiliation}'`);
    }
    requireAttributeRights(registrar, registration.attributes, undefined);
};

const hashedSecret = async (secret: string, id: string): Promise<string> => {
    try {
        return await hashPassword(secret);
    } catch (error) {
        const cause = errorText(error);
        throw new CaError('unclassified', `Registration of '${id}' failed: ${cause}`);
    }
};

const refusedMaxEnrollments = (message: string): CaError => new CaError('invalidMaxEnrollments', message);
