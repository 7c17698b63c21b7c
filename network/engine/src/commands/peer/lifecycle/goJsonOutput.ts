// SPDX-License-Identifier: Apache-2.0
import type { common, lifecycle, protos } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';

/** Whether `-O json` was given. */
export function wantsJson(invocation: Invocation): boolean {
    return invocation.text('output').toLowerCase() === 'json';
}

/** Prints as Go's json.MarshalIndent with tabs. */
export function printJson(value: object): void {
    process.stdout.write(`${JSON.stringify(value, undefined, '\t')}\n`);
}

/** A field as Go's `omitempty` writes it: left out at its zero value. */
export function field(name: string, value: string | number | boolean | object | null | undefined): object {
    const isZero = value === undefined || value === null || value === '' || value === 0 || value === false;
    return isZero ? {} : { [name]: value };
}

/** Bytes in base64, left out when empty. */
function bytesField(name: string, value: Uint8Array | null | undefined): object {
    return field(name, value === null || value === undefined ? '' : Buffer.from(value).toString('base64'));
}

/** A map with its keys in order, left out when empty. */
export function mapField(name: string, value: Readonly<Record<string, unknown>> | null | undefined): object {
    const entries = Object.entries(value ?? {}).sort(([left], [right]) => (left < right ? -1 : 1));
    return entries.length === 0 ? {} : { [name]: Object.fromEntries(entries) };
}

interface Definition {
    readonly sequence?: number | null;
    readonly version?: string | null;
    readonly endorsementPlugin?: string | null;
    readonly validationPlugin?: string | null;
    readonly validationParameter?: Uint8Array | null;
    readonly collections?: protos.CollectionConfigPackage.$Properties | null;
    readonly initRequired?: boolean | null;
}

/**
 * A definition in Go's encoding/json of the generated structures, which is not protobuf's own JSON: oneofs show as nested
 * objects with Go's field names.
 */
export function definitionJson(definition: Definition): object {
    const { collections } = definition;
    return {
        ...field('sequence', definition.sequence),
        ...field('version', definition.version),
        ...field('endorsement_plugin', definition.endorsementPlugin),
        ...field('validation_plugin', definition.validationPlugin),
        ...bytesField('validation_parameter', definition.validationParameter),
        ...(collections === null || collections === undefined ? {} : { collections: collectionsJson(collections) }),
        ...field('init_required', definition.initRequired),
    };
}

export function sourceJson({ localPackage, unavailable }: lifecycle.ChaincodeSource.$Properties): object {
    if (localPackage !== null && localPackage !== undefined) {
        return { Type: { LocalPackage: field('package_id', localPackage.packageId) } };
    }
    return { Type: unavailable === null || unavailable === undefined ? null : { Unavailable: {} } };
}

function collectionsJson({ config }: protos.CollectionConfigPackage.$Properties): object {
    const entries = (config ?? []).map(({ staticCollectionConfig }) => ({
        Payload: { StaticCollectionConfig: staticConfigJson(staticCollectionConfig ?? {}) },
    }));
    return entries.length === 0 ? {} : { config: entries };
}

function staticConfigJson(collection: protos.StaticCollectionConfig.$Properties): object {
    const policy = collection.memberOrgsPolicy?.signaturePolicy;
    const endorsement = collection.endorsementPolicy;
    return {
        ...field('name', collection.name),
        member_orgs_policy: { Payload: { SignaturePolicy: signaturePolicyJson(policy ?? {}) } },
        ...field('required_peer_count', collection.requiredPeerCount),
        ...field('maximum_peer_count', collection.maximumPeerCount),
        ...field('block_to_live', collection.blockToLive),
        ...field('member_only_read', collection.memberOnlyRead),
        ...field('member_only_write', collection.memberOnlyWrite),
        ...(endorsement === null || endorsement === undefined
            ? {}
            : { endorsement_policy: applicationPolicyJson(endorsement) }),
    };
}

function applicationPolicyJson(policy: common.ApplicationPolicy.$Properties): object {
    const { signaturePolicy, channelConfigPolicyReference } = policy;
    return signaturePolicy === null || signaturePolicy === undefined
        ? { Type: { ChannelConfigPolicyReference: channelConfigPolicyReference ?? '' } }
        : { Type: { SignaturePolicy: signaturePolicyJson(signaturePolicy) } };
}

function signaturePolicyJson({ version, rule, identities }: common.SignaturePolicyEnvelope.$Properties): object {
    return {
        ...field('version', version),
        ...field('rule', rule === null || rule === undefined ? undefined : ruleJson(rule)),
        ...field(
            'identities',
            (identities ?? []).map(({ principalClassification, principal }) => ({
                ...field('principal_classification', principalClassification),
                ...bytesField('principal', principal),
            })),
        ),
    };
}

function ruleJson({ nOutOf, signedBy }: common.SignaturePolicy.$Properties): object {
    if (nOutOf === null || nOutOf === undefined) {
        return { Type: { SignedBy: signedBy ?? 0 } };
    }
    return { Type: { NOutOf: { ...field('n', nOutOf.n), ...field('rules', (nOutOf.rules ?? []).map(ruleJson)) } } };
}
