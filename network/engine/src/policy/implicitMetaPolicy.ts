// SPDX-License-Identifier: Apache-2.0
import type { Identity } from '../identity/identity.js';
import type { common } from '../wire/protobuf.js';
import { PolicyError, type Policy } from './policy.js';

/** common.ImplicitMetaPolicy.Rule */
export const ImplicitMetaRule = { ANY: 0, ALL: 1, MAJORITY: 2 } as const;

/**
 * A policy over the policies of one name in the groups below (common/policies/implicitmeta.go). A group without it is
 * given as undefined: it counts in the total and never satisfies.
 */
export function implicitMetaPolicy(
    { subPolicy, rule }: common.ImplicitMetaPolicy.$Properties,
    subPolicies: readonly (Policy | undefined)[],
    toIdentities: (signed: Parameters<Policy['evaluate']>[0]) => readonly Identity[],
): Policy {
    const threshold = thresholdOf(rule ?? 0, subPolicies.length);
    const evaluateIdentities = (identities: readonly Identity[]): void => {
        const satisfied = countSatisfied(subPolicies, identities, threshold);
        if (satisfied < threshold) {
            throw new PolicyError(
                `implicit policy evaluation failed - ${String(satisfied)} sub-policies were satisfied, but this policy requires ${String(threshold)} of the '${subPolicy ?? ''}' sub-policies to be satisfied`,
            );
        }
    };
    return {
        evaluateIdentities,
        evaluate: (signed) => {
            evaluateIdentities(toIdentities(signed));
        },
    };
}

function countSatisfied(
    subPolicies: readonly (Policy | undefined)[],
    identities: readonly Identity[],
    enough: number,
): number {
    let satisfied = 0;
    for (const policy of subPolicies) {
        if (satisfied >= enough) {
            break;
        }
        satisfied += policy !== undefined && isSatisfied(policy, identities) ? 1 : 0;
    }
    return satisfied;
}

function thresholdOf(rule: number, groups: number): number {
    if (groups === 0) {
        return 0;
    }
    switch (rule) {
        case ImplicitMetaRule.ANY:
            return 1;
        case ImplicitMetaRule.ALL:
            return groups;
        case ImplicitMetaRule.MAJORITY:
            return Math.floor(groups / 2) + 1;
        default:
            throw new PolicyError(`unknown implicit meta policy rule ${String(rule)}`);
    }
}

function isSatisfied(policy: Policy, identities: readonly Identity[]): boolean {
    try {
        policy.evaluateIdentities(identities);
        return true;
    } catch {
        return false;
    }
}
