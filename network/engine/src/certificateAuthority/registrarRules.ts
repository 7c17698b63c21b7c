// SPDX-License-Identifier: Apache-2.0
import { authorizationFailure } from './caError.js';
import { isAtOrUnder } from './registry/affiliations.js';
import { type Attribute, attributeNames, attributeValue, booleanText, listEntries } from './registry/attributes.js';
import type { Identity } from './registry/identities.js';

/** The types a registrar may manage. @throws CaError `authorization` when the identity is no registrar. */
export const registrarTypes = (registrar: Identity): readonly string[] => {
    const roles = attributeValue(registrar.attributes, attributeNames.registrarRoles) ?? '';
    if (roles === '') throw authorizationFailure(`'${registrar.id}' is not a registrar`);
    return listEntries(roles);
};

/** Whether a list of types covers one; `*` covers all, and letter case does not matter. */
export const coversType = (types: readonly string[], type: string): boolean =>
    types.some((entry) => entry === '*' || entry.toLowerCase() === (type || 'client').toLowerCase());

/** @throws CaError `authorization` unless the registrar may manage identities of this type. */
export const requireTypeRights = (registrar: Identity, type: string): void => {
    if (!coversType(registrarTypes(registrar), type)) {
        throw authorizationFailure(`Registrar does not have authority to act on type '${type}'`);
    }
};

/** @throws CaError `authorization` unless the affiliation is the caller's own or lies below it. */
export const requireAffiliationRights = (caller: Identity, affiliation: string): void => {
    if (!isAtOrUnder(affiliation, caller.affiliation)) {
        throw authorizationFailure(`Caller does not have authority to act on affiliation '${affiliation}'`);
    }
};

/** @throws CaError `authorization` unless the caller may manage the identity: affiliation, then type. */
export const requireManagementRights = (caller: Identity, subject: Identity): void => {
    requireAffiliationRights(caller, subject.affiliation);
    requireTypeRights(caller, subject.type);
};

/** @throws CaError `authorization` unless the boolean attribute is true. */
export const requireRole = (caller: Identity, role: string): void => {
    if (booleanText(attributeValue(caller.attributes, role) ?? '') !== true) {
        throw authorizationFailure(`Caller does not have '${role}'`);
    }
};

type AttributeRule = (
    registrar: Identity,
    requested: Attribute,
    all: readonly Attribute[],
    subject: Identity | undefined,
) => void;

/**
 * Whether the registrar may give these attributes away (fabric-ca lib/attr/attribute.go).
 * @param subject the identity as it is, when it is being modified.
 * @throws CaError `authorization`.
 */
export const requireAttributeRights = (
    registrar: Identity,
    requested: readonly Attribute[],
    subject: Identity | undefined,
): void => {
    for (const attribute of requested) {
        requireRegistrable(registrar, attribute.name);
        ruleFor(attribute.name)(registrar, attribute, requested, subject);
    }
};

const requireRegistrable = (registrar: Identity, name: string): void => {
    const patterns = listEntries(attributeValue(registrar.attributes, attributeNames.registrarAttributes) ?? '');
    const matches = patterns.some(
        (pattern) =>
            pattern !== '' && (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern),
    );
    if (!matches) throw authorizationFailure(`Registrar may not register attribute '${name}'`);
};

const requireOwnedBoolean: AttributeRule = (registrar, { name, value }) => {
    requireRole(registrar, name);
    if (value !== '' && booleanText(value) === undefined) {
        throw authorizationFailure(`Failed to get boolean value of '${value}'`);
    }
};

const requireOwnedRoles: AttributeRule = (registrar, { name, value }) => {
    const owned = attributeValue(registrar.attributes, name);
    if (owned === undefined) throw authorizationFailure(`Registrar does not own '${name}'`);
    requireSubset(value, owned, name);
};

const requireDelegatableRoles: AttributeRule = (registrar, requested, all, subject) => {
    requireOwnedRoles(registrar, requested, all, subject);
    const { registrarRoles } = attributeNames;
    const roles =
        attributeValue(all, registrarRoles) ?? attributeValue(subject?.attributes ?? [], registrarRoles) ?? '';
    requireSubset(requested.value, roles, requested.name);
};

const requireRegistrableValues: AttributeRule = (registrar, { name, value }, all, subject) => {
    if (attributeValue(registrar.attributes, name) === undefined) {
        throw authorizationFailure(`Registrar does not own '${name}'`);
    }
    for (const entry of value === '' ? [] : listEntries(value)) {
        requireRegistrable(registrar, entry);
        const owned = [...all, ...(subject?.attributes ?? [])].some((attribute) => attribute.name === entry);
        if (entry.startsWith('hf.') && !owned) {
            throw authorizationFailure(`'${name}' names '${entry}', which the identity does not have`);
        }
    }
};

const refuseFixed: AttributeRule = (_registrar, { name }) => {
    throw authorizationFailure(`Cannot register fixed value attribute '${name}'`);
};

const reservedRules: ReadonlyMap<string, AttributeRule> = new Map([
    [attributeNames.revoker, requireOwnedBoolean],
    [attributeNames.intermediateCa, requireOwnedBoolean],
    [attributeNames.generateCrl, requireOwnedBoolean],
    [attributeNames.affiliationManager, requireOwnedBoolean],
    [attributeNames.registrarRoles, requireOwnedRoles],
    [attributeNames.registrarDelegateRoles, requireDelegatableRoles],
    [attributeNames.registrarAttributes, requireRegistrableValues],
    [attributeNames.enrollmentId, refuseFixed],
    [attributeNames.type, refuseFixed],
    [attributeNames.affiliation, refuseFixed],
]);

const allowAny: AttributeRule = () => undefined;

const ruleFor = (name: string): AttributeRule => {
    const rule = reservedRules.get(name);
    if (rule === undefined && name.startsWith('hf.')) {
        throw authorizationFailure(`'${name}' uses the reserved prefix 'hf.'`);
    }
    return rule ?? allowAny;
};

const requireSubset = (requested: string, owned: string, name: string): void => {
    const allowed = listEntries(owned).map((entry) => entry.toLowerCase());
    if (allowed.includes('*')) return;
    const excess = listEntries(requested).find((entry) => entry !== '' && !allowed.includes(entry.toLowerCase()));
    if (excess !== undefined) throw authorizationFailure(`'${excess}' of '${name}' is not a member of '${owned}'`);
};
