// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { checkKeys } from '../configKeys.js';

type Group = common.ConfigGroup.$Properties;
type Value = common.ConfigValue.$Properties;
type ConfigPolicy = common.ConfigPolicy.$Properties;

/** An element of a configuration tree by itself. */
export interface ConfigurationItem {
    readonly version: number;
    readonly modPolicy: string;
    /** Absolute path of the policy that says who may change the element; undefined when it names none. */
    readonly modPolicyPath: string | undefined;
    /** Bytes of a value or policy; a group consists of its children instead. */
    readonly content: Buffer;
    /** Names of a group's elements, without those of the groups below. */
    readonly children: readonly string[];
    readonly element: Element;
}

/** Where an element comes from; a group's own elements are found by their names. */
type Element =
    | { readonly kind: 'group'; readonly group: Group }
    | { readonly kind: 'value'; readonly value: Value }
    | { readonly kind: 'policy'; readonly policy: ConfigPolicy };

export type ConfigurationItems = ReadonlyMap<string, ConfigurationItem>;

const root = '/Channel';

/**
 * All elements of a tree under the names that Fabric gives them, such as `[Value]  /Channel/Orderer/BatchSize`
 * (common/configtx/configmap.go). Throws ConfigurationError on a key that could pass one element off as another.
 */
export function configurationItems(group: Group): ConfigurationItems {
    checkKeys(group);
    const items = new Map<string, ConfigurationItem>();
    addGroup(items, root, group);
    return items;
}

/** The tree whose root reaches its elements through the keys of the groups; what no group names is left out. */
export function configurationTree(items: ConfigurationItems, path = root): Group {
    const { element } = found(items, groupName(path));
    if (element.kind !== 'group') {
        throw new Error(`ConfigGroup not found at group path: ${groupName(path)}`);
    }
    const { group } = element;
    const tree = {
        ...fields(group),
        groups: mapped(group.groups, (key) => configurationTree(items, `${path}/${key}`)),
        values: mapped(group.values, (key) => valueOf(found(items, valueName(path, key)).element)),
        policies: mapped(group.policies, (key) => policyOf(found(items, policyName(path, key)).element)),
    };
    return items.has(valueName('/Channel/Orderer', 'Capabilities')) ? withModPolicies(tree) : tree;
}

/** True if two trees hold the same elements, however they are serialised. */
export function sameTree(one: Group, other: Group): boolean {
    const [left, right] = [configurationItems(one), configurationItems(other)];
    return left.size === right.size && [...left].every(([name, item]) => sameItem(item, right.get(name)));
}

function sameItem(a: ConfigurationItem, b: ConfigurationItem | undefined): boolean {
    return (
        a.version === b?.version &&
        a.modPolicy === b.modPolicy &&
        a.content.equals(b.content) &&
        a.children.join('\n') === b.children.join('\n')
    );
}

function groupName(path: string): string {
    return `[Group]  ${path}`;
}

function valueName(path: string, key: string): string {
    return `[Value]  ${path}/${key}`;
}

function policyName(path: string, key: string): string {
    return `[Policy] ${path}/${key}`;
}

function addGroup(items: Map<string, ConfigurationItem>, path: string, group: Group): void {
    const groups = Object.entries(group.groups ?? {});
    const values = Object.entries(group.values ?? {});
    const policies = Object.entries(group.policies ?? {});
    const children = [
        ...groups.map(([key]) => groupName(`${path}/${key}`)),
        ...values.map(([key]) => valueName(path, key)),
        ...policies.map(([key]) => policyName(path, key)),
    ].sort();
    items.set(groupName(path), {
        ...authority(group, path),
        content: Buffer.alloc(0),
        children,
        element: { kind: 'group', group },
    });
    for (const [key, value] of values) {
        const content = Buffer.from(value.value ?? []);
        const element = { kind: 'value', value } as const;
        items.set(valueName(path, key), { ...authority(value, path), content, children: [], element });
    }
    for (const [key, policy] of policies) {
        const content = policy.policy ? encode(common.Policy, policy.policy) : Buffer.alloc(0);
        const element = { kind: 'policy', policy } as const;
        items.set(policyName(path, key), { ...authority(policy, path), content, children: [], element });
    }
    for (const [key, child] of groups) {
        addGroup(items, `${path}/${key}`, child);
    }
}

/** `path`: the group that a relative policy name belongs to. */
function authority(
    { version, modPolicy }: { version?: number | null; modPolicy?: string | null },
    path: string,
): Pick<ConfigurationItem, 'version' | 'modPolicy' | 'modPolicyPath'> {
    const name = modPolicy ?? '';
    const absolute = name.startsWith('/') ? name : `${path}/${name}`;
    return { version: version ?? 0, modPolicy: name, modPolicyPath: name === '' ? undefined : absolute };
}

function found(items: ConfigurationItems, name: string): ConfigurationItem {
    const item = items.get(name);
    if (item === undefined) {
        throw new Error(`missing element ${name}`);
    }
    return item;
}

/** What every element has besides its content; defaults stay unset, as Go writes them. */
function fields({ version, modPolicy }: { version?: number | null; modPolicy?: string | null }): {
    version?: number;
    modPolicy?: string;
} {
    return { ...(version ? { version } : {}), ...(modPolicy ? { modPolicy } : {}) };
}

function valueOf(element: Element): Value {
    const value = element.kind === 'value' ? element.value : {};
    return { ...fields(value), ...(value.value && value.value.length > 0 ? { value: value.value } : {}) };
}

function policyOf(element: Element): ConfigPolicy {
    const { policy, ...rest } = element.kind === 'policy' ? element.policy : {};
    return { ...fields(rest), ...(policy ? { policy } : {}) };
}

function mapped<T>(
    entries: Readonly<Record<string, unknown>> | null | undefined,
    make: (key: string) => T,
): Record<string, T> {
    const keys = Object.keys(entries ?? {}).sort();
    return Object.fromEntries(keys.map((key) => [key, make(key)]));
}

/** Elements without a mod_policy could never be changed: Fabric gives them to the administrators (FAB-5309). */
function withModPolicies(tree: Group): Group {
    const owned = <T extends { modPolicy?: string | null }>(element: T): T => ({
        ...element,
        modPolicy: element.modPolicy || 'Admins',
    });
    return {
        ...owned(tree),
        values: Object.fromEntries(Object.entries(tree.values ?? {}).map(([key, value]) => [key, owned(value)])),
        policies: Object.fromEntries(Object.entries(tree.policies ?? {}).map(([key, policy]) => [key, owned(policy)])),
    };
}
