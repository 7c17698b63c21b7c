// SPDX-License-Identifier: Apache-2.0

/** A named property of an identity; with `ecert` it goes into enrolment certificates unless the client asks otherwise. */
export interface Attribute {
    readonly name: string;
    readonly value: string;
    readonly ecert?: boolean;
}

/** Reserved attribute names (fabric-ca lib/attr/attribute.go). */
export const attributeNames = {
    registrarRoles: 'hf.Registrar.Roles',
    registrarDelegateRoles: 'hf.Registrar.DelegateRoles',
    registrarAttributes: 'hf.Registrar.Attributes',
    revoker: 'hf.Revoker',
    intermediateCa: 'hf.IntermediateCA',
    generateCrl: 'hf.GenCRL',
    affiliationManager: 'hf.AffiliationMgr',
    enrollmentId: 'hf.EnrollmentID',
    type: 'hf.Type',
    affiliation: 'hf.Affiliation',
} as const;

export const attributeValue = (attributes: readonly Attribute[], name: string): string | undefined =>
    attributes.find((attribute) => attribute.name === name)?.value;

/** A boolean as Go's strconv.ParseBool reads it; undefined when it is none. */
export const booleanText = (text: string): boolean | undefined => {
    if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
    if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
    return undefined;
};

/** The entries of a comma-separated list, without blanks around them. */
export const listEntries = (list: string): readonly string[] => list.split(',').map((entry) => entry.trim());

/** Attributes after a modification: same name replaces, an empty value deletes, a new name is appended. */
export const mergeAttributes = (current: readonly Attribute[], changes: readonly Attribute[]): readonly Attribute[] => {
    const merged = new Map(current.map((attribute) => [attribute.name, attribute]));
    for (const change of changes) {
        if (change.value === '') merged.delete(change.name);
        else merged.set(change.name, change);
    }
    return [...merged.values()];
};
