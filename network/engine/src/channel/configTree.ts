// SPDX-License-Identifier: Apache-2.0
import { ImplicitMetaRule } from '../policy/implicitMetaPolicy.js';
import { PolicyType } from '../policy/policyTree.js';
import { parsePolicyText } from '../policy/policyText.js';
import { encode, type Encodable } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { ConfigtxError, withConfigtxContext } from './configtxError.js';
import type { Policies } from './configtxYaml.js';

type Group = common.ConfigGroup.$Properties;
type Value = common.ConfigValue.$Properties;

/** Everything in a new channel is changed by the administrators of its own group. */
const modPolicy = 'Admins';

/** A group with its keys in order: Fabric writes them in random order, this engine always in the same. */
export function configGroup(parts: Pick<Group, 'groups' | 'values' | 'policies'>): Group {
    return {
        groups: sorted(parts.groups ?? {}),
        values: sorted(parts.values ?? {}),
        policies: sorted(parts.policies ?? {}),
        modPolicy,
    };
}

export function configValue<P>(type: Encodable<P>, message: P): Value {
    return { value: encode(type, message), modPolicy };
}

/** The capabilities switched on in a map of flags; no value if there are no flags at all. */
export function capabilitiesValue(flags: ReadonlyMap<string, boolean>): Record<'Capabilities', Value> | undefined {
    if (flags.size === 0) {
        return undefined;
    }
    const names = [...flags].filter(([, isOn]) => isOn).map(([name]) => name);
    const capabilities = Object.fromEntries(names.sort().map((name) => [name, {}]));
    return { Capabilities: configValue(common.Capabilities, { capabilities }) };
}

/** The policies of a group; Admins, Readers and Writers must be among them. Throws ConfigtxError. */
export function configPolicies(
    policies: Policies,
    alsoRequired: readonly string[] = [],
): Record<string, common.ConfigPolicy.$Properties> {
    if (policies.size === 0) {
        throw new ConfigtxError('no policies defined');
    }
    for (const name of ['Admins', 'Readers', 'Writers', ...alsoRequired]) {
        if (!policies.has(name)) {
            throw new ConfigtxError(`no ${name} policy defined`);
        }
    }
    const entries = [...policies].map(
        ([name, policy]) => [name, { policy: policyMessage(policy), modPolicy }] as const,
    );
    return Object.fromEntries(entries);
}

function policyMessage({ Type, Rule }: { Type: string; Rule: string }): common.Policy.$Properties {
    switch (Type) {
        case 'ImplicitMeta':
            return withConfigtxContext(`invalid implicit meta policy rule '${Rule}'`, () => ({
                type: PolicyType.IMPLICIT_META,
                value: encode(common.ImplicitMetaPolicy, parseImplicitMetaText(Rule)),
            }));
        case 'Signature':
            return withConfigtxContext(`invalid signature policy rule '${Rule}'`, () => ({
                type: PolicyType.SIGNATURE,
                value: encode(common.SignaturePolicyEnvelope, parsePolicyText(Rule)),
            }));
        default:
            throw new ConfigtxError(`unknown policy type: ${Type}`);
    }
}

/** Reads "MAJORITY Admins" (common/policies/implicitmetaparser.go). */
function parseImplicitMetaText(text: string): common.ImplicitMetaPolicy.$Properties {
    const tokens = text.split(' ');
    const [ruleName = '', subPolicy = ''] = tokens;
    if (tokens.length !== 2) {
        throw new ConfigtxError(`expected two space separated tokens, but got ${tokens.length}`);
    }
    const rule = (ImplicitMetaRule as Readonly<Record<string, number>>)[ruleName];
    if (rule === undefined) {
        throw new ConfigtxError(`unknown rule type '${ruleName}', expected ALL, ANY, or MAJORITY`);
    }
    return { subPolicy, ...(rule === 0 ? {} : { rule }) };
}

function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
    return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
