// SPDX-License-Identifier: Apache-2.0
import { HeaderType } from '../../wire/codes.js';
import { asBuffer, decode, type Decodable } from '../../wire/decode.js';
import type { SignedData } from '../../wire/envelope.js';
import { common } from '../../wire/protobuf.js';
import type { ChannelConfiguration } from '../channelConfiguration.js';
import { checkKey } from '../configKeys.js';
import { ConfigurationError, withContext } from '../configurationError.js';
import {
    configurationItems,
    configurationTree,
    type ConfigurationItem,
    type ConfigurationItems,
} from './configurationItems.js';

/**
 * The channel group that a signed update makes of the present one, once everything it changes is signed for as the
 * present configuration demands (common/configtx/update.go). Orderers build the next configuration with it and peers
 * repeat it, so that no ordering service can change a channel by itself. Throws ConfigurationError with Fabric's text.
 */
export function authorisedUpdate(
    current: ChannelConfiguration,
    { configUpdate, signatures }: common.ConfigUpdateEnvelope,
): common.ConfigGroup.$Properties {
    const update = parse(common.ConfigUpdate, configUpdate);
    if (update.channelId !== current.channelId) {
        throw new ConfigurationError(
            `ConfigUpdate for channel '${update.channelId}' but envelope for channel '${current.channelId}'`,
        );
    }
    const existing = configurationItems(current.config.channelGroup ?? {});
    const readSet = withContext('error mapping ReadSet', () => configurationItems(update.readSet ?? {}));
    withContext('error validating ReadSet', () => {
        verifyReadSet(readSet, existing);
    });
    const writeSet = withContext('error mapping WriteSet', () => configurationItems(update.writeSet ?? {}));
    const delta = new Map([...writeSet].filter(([name, item]) => readSet.get(name)?.version !== item.version));
    const signed = signatures.map((signature) => signedData(signature, configUpdate));
    withContext('error validating DeltaSet', () => {
        verifyDelta(delta, existing, current, signed);
    });
    const result = new Map([...existing, ...delta]);
    const lost = [...writeSet.keys()].find((name) => !result.has(name));
    if (lost !== undefined) {
        throw new ConfigurationError(
            `full config did not verify: writeset contained key ${lost} which did not appear in proposed config`,
        );
    }
    return withContext('could not turn configMap back to channelGroup', () => configurationTree(result));
}

/** The signed update in a CONFIG_UPDATE envelope (protoutil.EnvelopeToConfigUpdate). Throws on anything else. */
export function readUpdate(envelope: common.Envelope.$Properties): common.ConfigUpdateEnvelope {
    const { header, data } = withContext('error unmarshalling Payload', () =>
        parse(common.Payload, asBuffer(envelope.payload)),
    );
    if (header === null || header === undefined) {
        throw new ConfigurationError('envelope must have a Header');
    }
    const { type } = withContext('error unmarshalling ChannelHeader', () =>
        parse(common.ChannelHeader, asBuffer(header.channelHeader)),
    );
    if (type !== HeaderType.CONFIG_UPDATE) {
        const name = Object.entries(HeaderType).find(([, code]) => code === type)?.[0] ?? String(type);
        throw new ConfigurationError(`invalid type ${name}, expected CONFIG_UPDATE`);
    }
    return withContext('error unmarshalling message for type CONFIG_UPDATE', () =>
        parse(common.ConfigUpdateEnvelope, data),
    );
}

// Go's protobuf library prints its errors so; what exactly is wrong is the same for every malformed message.
function parse<T>(type: Decodable<T>, bytes: Uint8Array): T {
    try {
        return decode(type, bytes, '');
    } catch (cause) {
        throw new ConfigurationError('proto: cannot parse invalid wire-format data', { cause });
    }
}

function signedData(signature: common.ConfigSignature.$Properties, configUpdate: Uint8Array): SignedData {
    const header = asBuffer(signature.signatureHeader);
    return {
        data: Buffer.concat([header, configUpdate]),
        identity: asBuffer(decode(common.SignatureHeader, header, 'SignatureHeader').creator),
        signature: asBuffer(signature.signature),
    };
}

function verifyReadSet(readSet: ConfigurationItems, existing: ConfigurationItems): void {
    for (const [name, { version }] of readSet) {
        const present = existing.get(name);
        if (present === undefined) {
            throw new ConfigurationError(
                `existing config does not contain element for ${name} but was in the read set`,
            );
        }
        if (present.version !== version) {
            throw new ConfigurationError(
                `proposed update requires that key ${name} be at version ${String(version)}, but it is currently at version ${String(present.version)}`,
            );
        }
    }
}

function verifyDelta(
    delta: ConfigurationItems,
    existing: ConfigurationItems,
    current: ChannelConfiguration,
    signatures: readonly SignedData[],
): void {
    if (delta.size === 0) {
        throw new ConfigurationError('delta set was empty -- update would have no effect');
    }
    for (const [name, item] of delta) {
        withContext(`invalid mod_policy for element ${name}`, () => {
            checkModPolicy(item.modPolicy);
        });
        const present = existing.get(name);
        if (present !== undefined) {
            verifyChange(name, item, present);
            verifySignatures(name, present, current, signatures);
        } else if (item.version !== 0) {
            throw new ConfigurationError(
                `attempted to set key ${name} to version ${String(item.version)}, but key does not exist`,
            );
        }
        // Who may add an element is decided by the group, which the update has to change for it.
    }
}

function checkModPolicy(modPolicy: string): void {
    if (modPolicy === '') {
        throw new ConfigurationError('mod_policy not set');
    }
    for (const [index, element] of modPolicy.replace(/^\//, '').split('/').entries()) {
        withContext(`path element at ${String(index)} is invalid`, () => {
            checkKey(element);
        });
    }
}

function verifyChange(name: string, { version }: ConfigurationItem, present: ConfigurationItem): void {
    if (version !== present.version + 1) {
        throw new ConfigurationError(
            `attempt to set key ${name} to version ${String(version)}, but key is at version ${String(present.version)}`,
        );
    }
}

function verifySignatures(
    name: string,
    { modPolicy, modPolicyPath }: ConfigurationItem,
    { policies }: ChannelConfiguration,
    signatures: readonly SignedData[],
): void {
    const policy = modPolicyPath === undefined ? undefined : policies.get(modPolicyPath);
    if (policy === undefined) {
        throw new ConfigurationError(`unexpected missing policy ${modPolicy} for item ${name}`);
    }
    withContext(`policy for ${name} not satisfied`, () => {
        policy.evaluate(signatures);
    });
}
