// SPDX-License-Identifier: Apache-2.0
import type { MspManager } from '../identity/mspManager.js';
import { PrincipalKind } from '../identity/principal.js';
import { signaturePolicy } from '../policy/signaturePolicy.js';
import { asBuffer, decode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { common, type protos } from '../wire/protobuf.js';

type Collection = protos.StaticCollectionConfig.$Properties;

const namePattern = /^[A-Za-z0-9-]+([A-Za-z0-9_-]+)*$/;
const principalNames: Readonly<Record<number, string>> = { 3: 'ANONYMITY', 4: 'COMBINED' };

/**
 * Whether the collections of a proposed definition may be defined, by themselves and after those of the definition in
 * force (core/chaincode/lifecycle/scc.go, validateCollectionConfigs). Throws with Fabric's text.
 */
export function checkCollections(
    proposed: protos.CollectionConfigPackage.$Properties,
    committed: protos.CollectionConfigPackage.$Properties,
    msps: MspManager,
): void {
    const collections = staticConfigs(proposed);
    const names = new Set<string>();
    for (const collection of collections) {
        checkCollection(collection, names, msps);
        names.add(collection.name ?? '');
    }
    checkAgainstCommitted(collections, staticConfigs(committed));
}

function staticConfigs({ config }: protos.CollectionConfigPackage.$Properties): Collection[] {
    return (config ?? []).map(({ staticCollectionConfig }) => {
        if (!staticCollectionConfig) throw new Error('unknown collection configuration type');
        return staticCollectionConfig;
    });
}

function checkCollection(collection: Collection, known: ReadonlySet<string>, msps: MspManager): void {
    const name = collection.name ?? '';
    const [most, required] = [collection.maximumPeerCount ?? 0, collection.requiredPeerCount ?? 0];
    if (!namePattern.test(name)) {
        throw new Error(
            `invalid collection name '${name}'. Names can only consist of alphanumerics, '_', and '-' and cannot begin with '_'`,
        );
    }
    if (known.has(name)) {
        throw new Error(`collection-name: ${name} -- found duplicate in collection configuration`);
    }
    if (most < required) {
        throw new Error(
            `collection-name: ${name} -- maximum peer count (${String(most)}) cannot be less than the required peer count (${String(required)})`,
        );
    }
    if (required < 0) {
        throw new Error(`collection-name: ${name} -- requiredPeerCount (${String(required)}) cannot be less than zero`);
    }
    checkMemberPolicy(name, collection.memberOrgsPolicy, msps);
}

function checkMemberPolicy(
    name: string,
    memberPolicy: protos.CollectionPolicyConfig.$Properties | null | undefined,
    msps: MspManager,
): void {
    if (!memberPolicy) throw new Error(`collection member policy is not set for collection '${name}'`);
    const policy = memberPolicy.signaturePolicy;
    if (!policy) throw new Error(`collection member org policy is empty for collection '${name}'`);
    within(`invalid member org policy for collection '${name}'`, () => signaturePolicy(policy, msps));
    within(`collection-name: ${name} -- error in member org policy`, () => {
        checkOnlyAlternatives(policy.rule);
    });
    for (const principal of policy.identities ?? []) checkMember(name, principal, msps);
}

/** A rule that needs two signatures has no members: nobody signs for two. */
function checkOnlyAlternatives(rule: common.SignaturePolicy.$Properties | null | undefined): void {
    if (!rule?.nOutOf) return;
    const { n, rules } = rule.nOutOf;
    if (n !== 1) throw new Error(`signature policy is not an OR concatenation, NOutOf ${String(n ?? 0)}`);
    for (const inner of rules ?? []) checkOnlyAlternatives(inner);
}

function checkMember(name: string, principal: common.MSPPrincipal.$Properties, msps: MspManager): void {
    const kind = principal.principalClassification ?? 0;
    const bytes = asBuffer(principal.principal);
    if (kind === PrincipalKind.IDENTITY) {
        if (msps.find(bytes) === undefined) {
            throw new Error(`collection-name: ${name} -- contains an identity that is not part of the channel`);
        }
        return;
    }
    if (kind !== PrincipalKind.ROLE && kind !== PrincipalKind.ORGANIZATION_UNIT) {
        throw new Error(
            `collection-name: ${name} -- principal type ${principalNames[kind] ?? String(kind)} is not supported`,
        );
    }
    const message = kind === PrincipalKind.ROLE ? common.MSPRole : common.OrganizationUnit;
    const what = kind === PrincipalKind.ROLE ? 'MSPRole' : 'OrganizationUnit';
    const { mspIdentifier } = within(`collection-name: ${name} -- cannot unmarshal identity bytes into ${what}`, () =>
        decode<common.MSPRole | common.OrganizationUnit>(message, bytes, what),
    );
    if (msps.get(mspIdentifier) === undefined) {
        throw new Error(`collection-name: ${name} -- collection member '${mspIdentifier}' is not part of the channel`);
    }
}

/** Collections may be added, never taken away; how long their data lives is settled with the first definition. */
function checkAgainstCommitted(proposed: readonly Collection[], committed: readonly Collection[]): void {
    if (committed.length > 0 && proposed.length === 0) {
        throw new Error('the proposed collection config does not contain previously defined collections');
    }
    for (const { name: committedName, blockToLive } of committed) {
        const name = committedName ?? '';
        const successor = proposed.find((collection) => (collection.name ?? '') === name);
        if (successor === undefined) {
            throw new Error(`existing collection [${name}] missing in the proposed collection configuration`);
        }
        if ((successor.blockToLive ?? 0) !== (blockToLive ?? 0)) {
            throw new Error(
                `the BlockToLive in an existing collection [${name}] modified. Existing value [${String(blockToLive ?? 0)}]`,
            );
        }
    }
}

function within<T>(context: string, check: () => T): T {
    try {
        return check();
    } catch (cause) {
        throw new Error(`${context}: ${errorText(cause)}`, { cause });
    }
}
