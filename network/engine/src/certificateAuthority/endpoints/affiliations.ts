// SPDX-License-Identifier: Apache-2.0
import { authenticateByToken } from '../authentication.js';
import { authorizationFailure, CaError } from '../caError.js';
import type { CertificateAuthority } from '../certificateAuthority.js';
import { type AffiliationNode, affiliationTrees, isAtOrUnder, parentOf, pathsTo } from '../registry/affiliations.js';
import { attributeNames, mergeAttributes } from '../registry/attributes.js';
import { revocationReason } from '../registry/certificates.js';
import { inTransaction } from '../registry/database.js';
import type { Identity } from '../registry/identities.js';
import { requireAffiliationRights, requireRole } from '../registrarRules.js';
import { type CaRequest, isForced, requiredFields } from '../request.js';
import { caNameField, type Endpoint } from './endpoint.js';
import { currentTime } from '../../process/clock.js';

/** GET /affiliations: the caller's and those below. */
export const listAffiliations: Endpoint = (ca, request) => {
    const caller = authenticateManager(ca, request);
    const trees = affiliationTrees(ca.affiliations.subtree(caller.affiliation));
    if (trees.length === 0) throw new CaError('noAffiliations', 'No affiliations are configured on the CA');
    const [only] = trees;
    const root =
        trees.length === 1 && only !== undefined ? treeFields(only) : { name: '', affiliations: trees.map(treeFields) };
    return { status: 200, result: { ...root, ...caNameField(ca) } };
};

/** GET /affiliations/{name} */
export const getAffiliation: Endpoint = (ca, request) => {
    const caller = authenticateManager(ca, request);
    requireAffiliationRights(caller, request.name);
    ca.affiliations.require(request.name);
    return { status: 200, result: treeResult(ca, request.name, []) };
};

/** POST /affiliations: with `?force=true` missing parents are made too. */
export const addAffiliation: Endpoint = (ca, request) => {
    const caller = authenticateManager(ca, request);
    const name = requiredFields(request).string('name');
    if (ca.affiliations.has(name)) throw new CaError('affiliationExists', 'Affiliation already exists');
    requireAffiliationRights(caller, name);
    if (!isForced(request) && parentOf(name) !== '') ca.affiliations.require(parentOf(name));
    inTransaction(ca.database, () => {
        for (const path of pathsTo(name)) ca.affiliations.insert(path);
    });
    return { status: 201, result: { name, ...caNameField(ca) } };
};

/** PUT /affiliations/{name}: renames it with everything below; identities move along when `?force=true` says so. */
export const renameAffiliation: Endpoint = (ca, request) => {
    const caller = authenticateManager(ca, request);
    const oldName = request.name;
    const newName = requiredFields(request).string('name');
    requireAffiliationRights(caller, oldName);
    requireAffiliationRights(caller, newName);
    ca.affiliations.require(oldName);
    if (ca.affiliations.has(newName)) throw new CaError('affiliationExists', `Affiliation '${newName}' already exists`);
    const moved = identitiesUnder(ca, oldName);
    if (moved.length > 0 && !isForced(request)) {
        const ids = moved.map(({ id }) => id).join(',');
        throw new CaError(
            'affiliationInUse',
            `The request to modify affiliation '${oldName}' has the following identities associated: ${ids}. Need to use 'force' to remove identities and affiliation`,
        );
    }
    const rename = (name: string): string => newName + name.slice(oldName.length);
    inTransaction(ca.database, () => {
        const names = ca.affiliations.subtree(oldName);
        ca.affiliations.remove(names);
        for (const name of names) ca.affiliations.insert(rename(name));
        for (const identity of moved) ca.identities.update(withAffiliation(identity, rename(identity.affiliation)));
    });
    return { status: 200, result: treeResult(ca, newName, identitiesUnder(ca, newName)) };
};

/** DELETE /affiliations/{name}: `?force=true` removes what lies below and its identities too. */
export const removeAffiliation: Endpoint = (ca, request) => {
    const caller = authenticateManager(ca, request);
    const { name } = request;
    if (!ca.settings.allowAffiliationRemoval) throw authorizationFailure('Affiliation removal is disabled');
    if (caller.affiliation === name) throw authorizationFailure(`the caller is associated with affiliation '${name}'`);
    requireAffiliationRights(caller, name);
    ca.affiliations.require(name);
    const names = ca.affiliations.subtree(name);
    const identities = identitiesUnder(ca, name);
    requireRemovable(ca, request, names, identities);
    const result = treeResult(ca, name, identities);
    inTransaction(ca.database, () => {
        for (const { id } of identities) {
            ca.identities.remove(id);
            ca.certificates.revokeAllOf(id, revocationReason('affiliationchanged'), currentTime());
        }
        ca.affiliations.remove(names);
    });
    return { status: 200, result };
};

const authenticateManager = (ca: CertificateAuthority, request: CaRequest): Identity => {
    const { identity } = authenticateByToken(ca, request);
    requireRole(identity, attributeNames.affiliationManager);
    return identity;
};

const requireRemovable = (
    ca: CertificateAuthority,
    request: CaRequest,
    names: readonly string[],
    identities: readonly Identity[],
): void => {
    const isForcedRemoval = isForced(request);
    if (names.length > 1 && !isForcedRemoval) throw authorizationFailure('the affiliation has affiliations below it');
    if (identities.length === 0) return;
    if (!isForcedRemoval) throw authorizationFailure('identities are associated with the affiliation');
    if (!ca.settings.allowIdentityRemoval) throw authorizationFailure('Identity removal is disabled');
};

const identitiesUnder = (ca: CertificateAuthority, name: string): readonly Identity[] =>
    ca.identities.all().filter(({ affiliation }) => isAtOrUnder(affiliation, name));

const withAffiliation = (identity: Identity, affiliation: string): Identity => ({
    ...identity,
    affiliation,
    attributes: mergeAttributes(identity.attributes, [
        { name: attributeNames.affiliation, value: affiliation, ecert: true },
    ]),
});

const treeResult = (ca: CertificateAuthority, name: string, identities: readonly Identity[]): object => {
    const [tree] = affiliationTrees(ca.affiliations.subtree(name));
    const members = identities.map(({ id, type, affiliation, attributes, maxEnrollments }) => ({
        id,
        type,
        affiliation,
        attrs: attributes,
        max_enrollments: maxEnrollments,
    }));
    return {
        ...(tree === undefined ? { name } : treeFields(tree)),
        ...(members.length === 0 ? {} : { identities: members }),
        ...caNameField(ca),
    };
};

const treeFields = ({ name, affiliations }: AffiliationNode): object =>
    affiliations.length === 0 ? { name } : { name, affiliations: affiliations.map(treeFields) };
