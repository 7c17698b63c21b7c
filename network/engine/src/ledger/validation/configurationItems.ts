// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';

/** An element of a configuration tree by itself. */
export interface ConfigurationItem {
    readonly version: number;
    readonly modPolicy: string;
    /** Absolute path of the policy that says who may change the element; undefined when it names none. */
    readonly modPolicyPath: string | undefined;
    /** Bytes of a value or policy; a group consists of the keys of its children instead. */
    readonly content: Buffer;
    readonly children: readonly string[];
}

type Group = common.ConfigGroup.$Properties;

/**
 * All elements of a tree under the names that Fabric gives them, such as `[Value]  /Channel/Orderer/BatchSize`
 * (common/configtx/configmap.go). Two trees are equal when their items are.
 */
export function configurationItems(root: Group): ReadonlyMap<string, ConfigurationItem> {
    const items = new Map<string, ConfigurationItem>();
    addGroup(items, '/Channel', root);
    return items;
}

/** The items that a root group reaches through the keys of its groups. */
export function reachableItems(
    items: ReadonlyMap<string, ConfigurationItem>,
    name = '[Group]  /Channel',
): ReadonlyMap<string, ConfigurationItem> {
    const reached = new Map<string, ConfigurationItem>();
    const pending = [name];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        const item = items.get(next);
        if (item === undefined) {
            throw new Error(`missing element ${next} of the proposed config`);
        }
        reached.set(next, item);
        pending.push(...item.children);
    }
    return reached;
}

export function sameItem(a: ConfigurationItem, b: ConfigurationItem): boolean {
    return (
        a.version === b.version &&
        a.modPolicy === b.modPolicy &&
        a.content.equals(b.content) &&
        a.children.join('\n') === b.children.join('\n')
    );
}

function addGroup(items: Map<string, ConfigurationItem>, path: string, group: Group): void {
    const groups = Object.entries(group.groups ?? {});
    const values = Object.entries(group.values ?? {});
    const policies = Object.entries(group.policies ?? {});
    const children = [
        ...groups.map(([key]) => `[Group]  ${path}/${key}`),
        ...values.map(([key]) => `[Value]  ${path}/${key}`),
        ...policies.map(([key]) => `[Policy] ${path}/${key}`),
    ].sort();
    items.set(`[Group]  ${path}`, { ...authority(group, path), content: Buffer.alloc(0), children });
    for (const [key, value] of values) {
        const content = Buffer.from(value.value ?? []);
        items.set(`[Value]  ${path}/${key}`, { ...authority(value, path), content, children: [] });
    }
    for (const [key, policy] of policies) {
        const content = policy.policy ? encode(common.Policy, policy.policy) : Buffer.alloc(0);
        items.set(`[Policy] ${path}/${key}`, { ...authority(policy, path), content, children: [] });
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
