// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';

/** How many peers of which organisation, by MSP id. */
export type Combination = ReadonlyMap<string, number>;

const signaturePolicyType = 1;
const implicitMetaPolicyType = 3;
const implicitMetaThreshold: Readonly<Record<number, (groups: number) => number>> = {
    0: (groups) => Math.min(1, groups),
    1: (groups) => groups,
    2: (groups) => Math.floor(groups / 2) + 1,
};
const roleClassification = 0;
const peerRoles: ReadonlySet<number> = new Set([0 /* MEMBER */, 3 /* PEER */]);
/** A policy with more ways to satisfy it is not one that a gateway can search. */
const mostCombinations = 10_000;

/** The smallest sets of peers that satisfy a signature policy; principals that no peer can be make none. */
export function combinationsOfSignaturePolicy(policy: common.SignaturePolicyEnvelope.$Properties): Combination[] {
    const principals = (policy.identities ?? []).map(mspOfPeerPrincipal);
    const ofRule = (rule: common.SignaturePolicy.$Properties | null | undefined): Combination[] => {
        if (rule?.nOutOf) return choose(rule.nOutOf.n ?? 0, (rule.nOutOf.rules ?? []).map(ofRule));
        const mspId = principals[rule?.signedBy ?? 0];
        return mspId === undefined ? [] : [new Map([[mspId, 1]])];
    };
    return smallest(ofRule(policy.rule));
}

/** As above for a policy of the channel, `/Channel/Application/Endorsement`; undefined when there is no such policy. */
export function combinationsOfChannelPolicy(
    root: common.ConfigGroup.$Properties,
    path: string,
): Combination[] | undefined {
    const steps = path.split('/').filter((step) => step !== '');
    const name = steps.pop() ?? '';
    let group: common.ConfigGroup.$Properties | undefined = steps.shift() === 'Channel' ? root : undefined;
    for (const step of steps) group = group?.groups?.[step];
    return group && combinationsInGroup(group, name);
}

function combinationsInGroup(group: common.ConfigGroup.$Properties, name: string): Combination[] | undefined {
    const policy = group.policies?.[name]?.policy;
    if (policy?.type === signaturePolicyType) {
        return combinationsOfSignaturePolicy(
            decode(common.SignaturePolicyEnvelope, asBuffer(policy.value), 'SignaturePolicyEnvelope'),
        );
    }
    if (policy?.type !== implicitMetaPolicyType) return undefined;
    const { subPolicy, rule } = decode(common.ImplicitMetaPolicy, asBuffer(policy.value), 'ImplicitMetaPolicy');
    const groups = Object.values(group.groups ?? {});
    const threshold = implicitMetaThreshold[rule]?.(groups.length) ?? groups.length;
    return smallest(
        choose(
            threshold,
            groups.map((child) => combinationsInGroup(child, subPolicy) ?? []),
        ),
    );
}

/** Combinations that satisfy all the policies: one peer may count for several of them. */
export function combinationsOfAll(policies: readonly (readonly Combination[])[]): Combination[] {
    const merged = policies.reduce<Combination[]>(
        (soFar, policy) => bounded(soFar.flatMap((one) => policy.map((other) => merge(one, other, Math.max)))),
        [new Map<string, number>()],
    );
    return smallest(merged);
}

/** All ways to take `n` of the alternatives; within one policy every signature needs a peer of its own. */
function choose(n: number, alternatives: readonly Combination[][]): Combination[] {
    if (n <= 0) return [new Map()];
    if (alternatives.length < n) return [];
    const [first = [], ...rest] = alternatives;
    const withFirst = choose(n - 1, rest).flatMap((others) => first.map((one) => merge(one, others, (a, b) => a + b)));
    return bounded([...withFirst, ...choose(n, rest)]);
}

function merge(one: Combination, other: Combination, both: (a: number, b: number) => number): Combination {
    const merged = new Map(one);
    for (const [mspId, count] of other) merged.set(mspId, both(merged.get(mspId) ?? 0, count));
    return merged;
}

/** Drops combinations that contain another one. */
function smallest(combinations: readonly Combination[]): Combination[] {
    const distinct = [...new Map(combinations.map((one) => [signature(one), one])).values()];
    return distinct.filter((one) => !distinct.some((other) => other !== one && contains(one, other)));
}

function contains(one: Combination, other: Combination): boolean {
    return [...other].every(([mspId, count]) => (one.get(mspId) ?? 0) >= count);
}

function signature(combination: Combination): string {
    return [...combination]
        .map(([mspId, count]) => `${mspId}:${String(count)}`)
        .sort()
        .join(',');
}

function bounded(combinations: Combination[]): Combination[] {
    if (combinations.length > mostCombinations) throw new Error('the endorsement policy has too many combinations');
    return combinations;
}

function mspOfPeerPrincipal(principal: common.MSPPrincipal.$Properties): string | undefined {
    if ((principal.principalClassification ?? 0) !== roleClassification) return undefined;
    const { mspIdentifier, role } = decode(common.MSPRole, asBuffer(principal.principal), 'MSPRole');
    return peerRoles.has(role) ? mspIdentifier : undefined;
}
