// SPDX-License-Identifier: Apache-2.0
import type { Identity } from '../identity/identity.js';
import type { MspManager } from '../identity/mspManager.js';
import type { common } from '../wire/protobuf.js';
import { identitiesOf, PolicyError, type Policy } from './policy.js';

/** True if the identities satisfy the rule; marks in `used` those it consumed. */
type Rule = (identities: readonly Identity[], used: boolean[]) => boolean;

const maxDepth = 100;

/**
 * A policy of principals under N-of gates (common/cauthdsl). Each identity counts for one principal, the first that takes
 * it: there is no search for a better assignment. Throws PolicyError if the rule does not compile.
 */
export function signaturePolicy(envelope: common.SignaturePolicyEnvelope.$Properties, msps: MspManager): Policy {
    const version = envelope.version ?? 0;
    if (version !== 0) {
        throw new PolicyError(
            `This evaluator only understands messages of version 0, but version was ${String(version)}`,
        );
    }
    const rule = compile(envelope.rule, envelope.identities ?? [], msps, 0);
    const evaluateIdentities = (identities: readonly Identity[]): void => {
        if (
            !rule(
                identities,
                identities.map(() => false),
            )
        ) {
            throw new PolicyError('signature set did not satisfy policy');
        }
    };
    return {
        evaluateIdentities,
        evaluate: (signed) => {
            evaluateIdentities(identitiesOf(signed, msps));
        },
    };
}

function compile(
    rule: common.SignaturePolicy.$Properties | null | undefined,
    principals: readonly common.MSPPrincipal.$Properties[],
    msps: MspManager,
    depth: number,
): Rule {
    if (rule?.nOutOf) {
        if (depth >= maxDepth) {
            throw new PolicyError('policy is nested too deeply');
        }
        const n = rule.nOutOf.n ?? 0;
        const rules = (rule.nOutOf.rules ?? []).map((inner) => compile(inner, principals, msps, depth + 1));
        return gate(n, rules);
    }
    if (rule?.signedBy === null || rule?.signedBy === undefined) {
        throw new PolicyError('Empty policy element');
    }
    const principal = principals[rule.signedBy];
    if (principal === undefined) {
        throw new PolicyError(
            `identity index out of range, requested ${String(rule.signedBy)}, but identities length is ${String(principals.length)}`,
        );
    }
    return signedBy(principal, msps);
}

/** Tries every rule, also after n are satisfied; what satisfied rules consumed stays consumed for the later ones. */
function gate(n: number, rules: readonly Rule[]): Rule {
    return (identities, used) => {
        let satisfied = 0;
        for (const rule of rules) {
            const attempt = [...used];
            if (rule(identities, attempt)) {
                satisfied++;
                attempt.forEach((isUsed, index) => {
                    used[index] = isUsed;
                });
            }
        }
        return satisfied >= n;
    };
}

function signedBy(principal: common.MSPPrincipal.$Properties, msps: MspManager): Rule {
    return (identities, used) => {
        const index = identities.findIndex(
            (identity, position) => used[position] !== true && satisfies(identity, principal, msps),
        );
        if (index >= 0) {
            used[index] = true;
        }
        return index >= 0;
    };
}

function satisfies(identity: Identity, principal: common.MSPPrincipal.$Properties, msps: MspManager): boolean {
    try {
        msps.satisfiesPrincipal(identity, principal);
        return true;
    } catch {
        return false;
    }
}
