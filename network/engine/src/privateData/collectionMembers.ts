// SPDX-License-Identifier: Apache-2.0
import type { MspManager } from '../identity/mspManager.js';
import { PrincipalKind } from '../identity/principal.js';
import type { Collection } from '../ledger/privateData/collections.js';
import { signaturePolicy } from '../policy/signaturePolicy.js';
import { asBuffer, decode } from '../wire/decode.js';
import { common, msp } from '../wire/protobuf.js';

/**
 * Whether an identity, whose signature was checked before, satisfies a collection's member policy. A policy that cannot
 * be evaluated has no members.
 */
export function isCollectionMember(
    { memberPolicy }: Collection,
    serializedIdentity: Uint8Array,
    msps: MspManager,
): boolean {
    const identity = msps.find(serializedIdentity);
    if (identity === undefined) return false;
    try {
        signaturePolicy(memberPolicy, msps).evaluateIdentities([identity]);
        return true;
    } catch {
        return false;
    }
}

/** MSP ids of the organisations that a collection's member policy names (core/common/privdata, getMemberOrgs). */
export function memberOrganisations({ memberPolicy }: Pick<Collection, 'memberPolicy'>): ReadonlySet<string> {
    return new Set((memberPolicy.identities ?? []).flatMap(organisationOf));
}

function organisationOf({ principalClassification, principal }: common.MSPPrincipal.$Properties): string[] {
    const bytes = asBuffer(principal);
    switch (principalClassification ?? 0) {
        case PrincipalKind.ROLE:
            return [decode(common.MSPRole, bytes, 'MSPRole').mspIdentifier];
        case PrincipalKind.ORGANIZATION_UNIT:
            return [decode(common.OrganizationUnit, bytes, 'OrganizationUnit').mspIdentifier];
        case PrincipalKind.IDENTITY:
            return [decode(msp.SerializedIdentity, bytes, 'SerializedIdentity').mspid];
        default:
            return [];
    }
}
