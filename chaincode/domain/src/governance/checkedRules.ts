// SPDX-License-Identifier: Apache-2.0
import { isDomainError, refuse } from '../error/domainError.js';

/** What any set of rules must satisfy, however it came about: a sentence, and whether it is so. */
export type Constraint<R> = readonly [string, (rules: R) => boolean];

/**
 * Reads a proposed set of rules and holds it against the constraints. Throws PROPOSAL_VALUE_OUT_OF_RANGE with the
 * proposed figure's name and text.
 */
export function checkedRules<R>(
    proposed: { readonly parameter: string; readonly value: string },
    decode: () => R,
    constraints: readonly Constraint<R>[],
): R {
    const rules = decoded(proposed, decode);
    const broken = constraints.find(([, holds]) => !holds(rules));
    if (broken !== undefined) refuse('PROPOSAL_VALUE_OUT_OF_RANGE', { ...proposed, reason: broken[0] });
    return rules;
}

function decoded<R>(proposed: { readonly parameter: string; readonly value: string }, decode: () => R): R {
    try {
        return decode();
    } catch (thrown) {
        if (!isDomainError(thrown, 'INVALID_ARGUMENT')) throw thrown;
        return refuse('PROPOSAL_VALUE_OUT_OF_RANGE', { ...proposed, reason: thrown.details.reason });
    }
}
