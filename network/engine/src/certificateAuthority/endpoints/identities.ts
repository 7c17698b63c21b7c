// SPDX-License-Identifier: Apache-2.0
import { authenticateByToken } from '../authentication.js';
import { CaError } from '../caError.js';
import { hashPassword } from '../password.js';
import { isAtOrUnder } from '../registry/affiliations.js';
import { type Attribute, attributeNames, mergeAttributes } from '../registry/attributes.js';
import { revocationReason } from '../registry/certificates.js';
import { inTransaction } from '../registry/database.js';
import type { Identity } from '../registry/identities.js';
import {
    coversType,
    registrarTypes,
    requireAffiliationRights,
    requireAttributeRights,
    requireManagementRights,
    requireTypeRights,
} from '../registrarRules.js';
import { registerIdentity } from '../registration.js';
import { isForced, requiredFields } from '../request.js';
import type { RequestFields } from '../requestFields.js';
import { caNameField, type Endpoint } from './endpoint.js';
import { identityLocation } from './register.js';
import { currentTime } from '../../process/clock.js';

/** GET /identities: those the caller may manage. */
export const listIdentities: Endpoint = (ca, request) => {
    const { identity: caller } = authenticateByToken(ca, request);
    const types = registrarTypes(caller);
    const visible = ca.identities
        .all()
        .filter(({ affiliation, type }) => isAtOrUnder(affiliation, caller.affiliation) && coversType(types, type));
    return { status: 200, result: { identities: visible.map(identityFields), caname: ca.settings.caName } };
};

/** GET /identities/{id} */
export const getIdentity: Endpoint = (ca, request) => {
    const { identity: caller } = authenticateByToken(ca, request);
    const identity = ca.identities.get(request.name);
    requireManagementRights(caller, identity);
    return { status: 200, result: { ...identityFields(identity), ...caNameField(ca) } };
};

/** POST /identities: registers, and answers with the whole identity. */
export const addIdentity: Endpoint = async (ca, request) => {
    const { identity: caller } = authenticateByToken(ca, request);
    const fields = requiredFields(request);
    const id = fields.string('id');
    if (id === '') throw new CaError('missingIdentityId', "Missing 'ID' in request to add a new identity");
    const secret = await registerIdentity(ca, caller, id, fields);
    const result = { ...identityFields(ca.identities.get(id)), secret, ...caNameField(ca) };
    return { status: 201, result, location: identityLocation(id) };
};

/** PUT /identities/{id}: changes what the body names. */
export const modifyIdentity: Endpoint = async (ca, request) => {
    const { identity: caller } = authenticateByToken(ca, request);
    const current = ca.identities.get(request.name);
    requireManagementRights(caller, current);
    const fields = requiredFields(request);
    const affiliation = fields.string('affiliation');
    if (affiliation !== '' && affiliation !== '.' && !ca.affiliations.has(affiliation)) {
        throw new CaError('identityModification', `Affiliation '${affiliation}' is not supported`);
    }
    requireModificationRights(caller, current, fields);
    const secret = fields.string('secret');
    const passwordHash = secret === '' ? undefined : await hashPassword(secret);
    ca.identities.update({
        ...modified(ca.identities.get(current.id), fields),
        ...(passwordHash === undefined ? {} : { passwordHash, failedLogins: 0 }),
    });
    const echoed = secret === '' ? {} : { secret };
    return {
        status: 200,
        result: { ...identityFields(ca.identities.get(current.id)), ...echoed, ...caNameField(ca) },
    };
};

/** DELETE /identities/{id}: removes the identity and revokes its certificates. */
export const removeIdentity: Endpoint = (ca, request) => {
    const { identity: caller } = authenticateByToken(ca, request);
    if (!ca.settings.allowIdentityRemoval) throw new CaError('identityRemoval', 'Identity removal is disabled');
    if (request.name === caller.id && !isForced(request)) {
        throw new CaError('identityRemoval', "Need to use 'force' option to delete your own identity");
    }
    const identity = ca.identities.get(request.name);
    requireManagementRights(caller, identity);
    inTransaction(ca.database, () => {
        ca.identities.remove(identity.id);
        ca.certificates.revokeAllOf(identity.id, revocationReason('cessationofoperation'), currentTime());
    });
    return { status: 200, result: { ...identityFields(identity), ...caNameField(ca) } };
};

const identityFields = ({ id, type, affiliation, attributes, maxEnrollments }: Identity): object => ({
    id,
    type,
    affiliation,
    attrs: attributes,
    max_enrollments: maxEnrollments,
});

const requireModificationRights = (caller: Identity, current: Identity, fields: RequestFields): void => {
    const affiliation = fields.string('affiliation');
    if (affiliation !== '') requireAffiliationRights(caller, affiliation === '.' ? '' : affiliation);
    const type = fields.string('type');
    if (type !== '') requireTypeRights(caller, type);
    requireAttributeRights(caller, fields.attributes(), current);
};

const modified = (current: Identity, fields: RequestFields): Identity => {
    const requestedAffiliation = fields.string('affiliation');
    const affiliation = requestedAffiliation === '.' ? '' : requestedAffiliation || current.affiliation;
    const type = fields.string('type') || current.type;
    const maxEnrollments = fields.integer('max_enrollments');
    const changes: Attribute[] = [...fields.attributes()];
    if (affiliation !== current.affiliation) {
        changes.push({ name: attributeNames.affiliation, value: affiliation, ecert: true });
    }
    if (type !== current.type) changes.push({ name: attributeNames.type, value: type, ecert: true });
    return {
        ...current,
        type,
        affiliation,
        attributes: mergeAttributes(current.attributes, changes),
        // 0 is what clients send for "unchanged", so that -2 asks for none (fabric-ca lib/serveridentities.go).
        maxEnrollments: maxEnrollments === -2 ? 0 : maxEnrollments || current.maxEnrollments,
    };
};
