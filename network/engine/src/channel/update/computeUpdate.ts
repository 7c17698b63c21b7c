// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { ConfigurationError } from '../configurationError.js';

type Group = common.ConfigGroup.$Properties;
/** A value or a policy: an element without elements of its own. */
interface Leaf {
    version?: number | null;
    modPolicy?: string | null;
}

/** What an update says of the elements of one kind in a group. */
interface Changes<T> {
    /** Changed elements as they are now; groups only, since only they have a version to be read. */
    readonly read: Record<string, T>;
    readonly write: Record<string, T>;
    /** Unchanged elements with nothing but their version: both sets list them if the membership changes. */
    readonly same: Record<string, T>;
    readonly isMembershipChanged: boolean;
}

interface GroupUpdate {
    readonly read: Group;
    readonly write: Group;
    readonly isChanged: boolean;
}

/**
 * The update that leads from one configuration to another, as `configtxlator compute_update` computes it
 * (internal/configtxlator/update). Versions in `updated` do not matter. Throws ConfigurationError if nothing differs.
 */
export function computeUpdate(
    channelId: string,
    original: common.Config.$Properties,
    updated: common.Config.$Properties,
): common.ConfigUpdate.$Properties {
    if (!original.channelGroup) {
        throw new ConfigurationError('no channel group included for original config');
    }
    if (!updated.channelGroup) {
        throw new ConfigurationError('no channel group included for updated config');
    }
    const { read, write, isChanged } = groupUpdate(original.channelGroup, updated.channelGroup);
    if (!isChanged) {
        throw new ConfigurationError('no differences detected between original and updated config');
    }
    return { channelId, readSet: read, writeSet: write };
}

function groupUpdate(original: Group, updated: Group): GroupUpdate {
    const policies = leafChanges(original.policies ?? {}, updated.policies ?? {}, samePolicy);
    const values = leafChanges(original.values ?? {}, updated.values ?? {}, sameValue);
    const groups = groupChanges(original.groups ?? {}, updated.groups ?? {});
    const parts = [policies, values, groups];
    const version = original.version ?? 0;
    if (parts.some(({ isMembershipChanged }) => isMembershipChanged) || !sameModPolicy(original, updated)) {
        return {
            read: {
                ...versioned(version),
                policies: policies.same,
                values: values.same,
                groups: { ...groups.read, ...groups.same },
            },
            write: {
                ...versioned(version + 1),
                ...owned(updated),
                policies: { ...policies.write, ...policies.same },
                values: { ...values.write, ...values.same },
                groups: { ...groups.write, ...groups.same },
            },
            isChanged: true,
        };
    }
    if (parts.every(({ write }) => Object.keys(write).length === 0)) {
        return { read: versioned(version), write: versioned(version), isChanged: false };
    }
    return {
        read: { ...versioned(version), groups: groups.read },
        write: { ...versioned(version), policies: policies.write, values: values.write, groups: groups.write },
        isChanged: true,
    };
}

function leafChanges<T extends Leaf>(
    original: Readonly<Record<string, T>>,
    updated: Readonly<Record<string, T>>,
    isSame: (a: T, b: T) => boolean,
): Changes<Leaf> {
    const write: Record<string, Leaf> = {};
    const same: Record<string, Leaf> = {};
    for (const [key, element] of Object.entries(updated)) {
        const before = entryOf(original, key);
        if (before === undefined) {
            write[key] = content(element, 0);
        } else if (isSame(before, element) && sameModPolicy(before, element)) {
            same[key] = versioned(before.version ?? 0);
        } else {
            write[key] = content(element, (before.version ?? 0) + 1);
        }
    }
    return { read: {}, write, same, isMembershipChanged: !sameKeys(original, updated) };
}

function groupChanges(
    original: Readonly<Record<string, Group>>,
    updated: Readonly<Record<string, Group>>,
): Changes<Group> {
    const read: Record<string, Group> = {};
    const write: Record<string, Group> = {};
    const same: Record<string, Group> = {};
    for (const [key, group] of Object.entries(updated)) {
        const before = entryOf(original, key);
        const update = groupUpdate(before ?? {}, group);
        if (before === undefined) {
            const { policies = {}, values = {}, groups = {} } = update.write;
            write[key] = { ...owned(group), policies, values, groups };
        } else if (update.isChanged) {
            read[key] = update.read;
            write[key] = update.write;
        } else {
            same[key] = update.read;
        }
    }
    return { read, write, same, isMembershipChanged: !sameKeys(original, updated) };
}

function sameModPolicy(a: Leaf, b: Leaf): boolean {
    return (a.modPolicy ?? '') === (b.modPolicy ?? '');
}

function samePolicy(a: common.ConfigPolicy.$Properties, b: common.ConfigPolicy.$Properties): boolean {
    return encode(common.Policy, a.policy ?? {}).equals(encode(common.Policy, b.policy ?? {}));
}

function sameValue(a: common.ConfigValue.$Properties, b: common.ConfigValue.$Properties): boolean {
    return Buffer.from(a.value ?? []).equals(Buffer.from(b.value ?? []));
}

function sameKeys(a: object, b: object): boolean {
    return Object.keys(a).sort().join('\n') === Object.keys(b).sort().join('\n');
}

function entryOf<T>(entries: Readonly<Record<string, T>>, key: string): T | undefined {
    return Object.hasOwn(entries, key) ? entries[key] : undefined;
}

/** An element with another version; defaults stay unset, as Go writes them. */
function content<T extends Leaf>(element: T, version: number): Leaf {
    const copy = { ...element, ...versioned(version) };
    if (version === 0) delete copy.version;
    return copy;
}

function versioned(version: number): { version?: number } {
    return version === 0 ? {} : { version };
}

function owned({ modPolicy }: Leaf): { modPolicy?: string } {
    return modPolicy ? { modPolicy } : {};
}
