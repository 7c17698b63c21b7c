// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { checkKeys } from '../../channel/configKeys.js';
import { asBuffer, decode } from '../../wire/decode.js';
import type { SignedData } from '../../wire/envelope.js';
import { errorText } from '../../wire/errorText.js';
import { common } from '../../wire/protobuf.js';
import { configurationItems, reachableItems, sameItem, type ConfigurationItem } from './configurationItems.js';

type Items = ReadonlyMap<string, ConfigurationItem>;

/**
 * Checks that a signed update turns the present configuration into the proposed one and that everything it changes is
 * signed for as the present configuration demands (common/configtx/update.go). Throws with Fabric's text. A peer checks
 * this although the orderer did, so that no ordering service can change a channel by itself.
 */
export function authoriseUpdate(
    current: ChannelConfiguration,
    proposed: common.ConfigGroup.$Properties,
    lastUpdate: common.Envelope.$Properties,
): void {
    const { configUpdate, signatures } = decode(
        common.ConfigUpdateEnvelope,
        updateData(lastUpdate),
        'ConfigUpdateEnvelope',
    );
    const update = decode(common.ConfigUpdate, configUpdate, 'ConfigUpdate');
    if (update.channelId !== current.channelId) {
        throw new Error(
            `ConfigUpdate for channel '${update.channelId}' but envelope for channel '${current.channelId}'`,
        );
    }
    const existing = configurationItems(current.config.channelGroup ?? {});
    const readSet = checkedItems(update.readSet ?? {});
    const writeSet = checkedItems(update.writeSet ?? {});
    verifyReadSet(readSet, existing);
    const delta = new Map([...writeSet].filter(([name, item]) => readSet.get(name)?.version !== item.version));
    verifyDelta(
        delta,
        existing,
        current,
        signatures.map((signature) => signedData(signature, configUpdate)),
    );
    verifyResult(new Map([...existing, ...delta]), writeSet, configurationItems(proposed));
}

/** Keys with a slash could pass one element off as another. */
function checkedItems(root: common.ConfigGroup.$Properties): Items {
    checkKeys(root);
    return configurationItems(root);
}

function updateData(lastUpdate: common.Envelope.$Properties): Uint8Array {
    return decode(common.Payload, asBuffer(lastUpdate.payload), 'Payload').data;
}

function signedData(signature: common.ConfigSignature.$Properties, configUpdate: Uint8Array): SignedData {
    const header = asBuffer(signature.signatureHeader);
    return {
        data: Buffer.concat([header, configUpdate]),
        identity: asBuffer(decode(common.SignatureHeader, header, 'SignatureHeader').creator),
        signature: asBuffer(signature.signature),
    };
}

function verifyReadSet(readSet: Items, existing: Items): void {
    for (const [name, { version }] of readSet) {
        const present = existing.get(name);
        if (present === undefined) {
            throw new Error(`existing config does not contain element for ${name} but was in the read set`);
        }
        if (present.version !== version) {
            throw new Error(
                `proposed update requires that key ${name} be at version ${String(version)}, but it is currently at version ${String(present.version)}`,
            );
        }
    }
}

function verifyDelta(
    delta: Items,
    existing: Items,
    { policies }: ChannelConfiguration,
    signatures: readonly SignedData[],
): void {
    if (delta.size === 0) {
        throw new Error('delta set was empty -- update would have no effect');
    }
    for (const [name, { version, modPolicy }] of delta) {
        if (modPolicy === '') {
            throw new Error(`invalid mod_policy for element ${name}: mod_policy not set`);
        }
        const present = existing.get(name);
        if (present === undefined) {
            // Who may add an element is decided by the group, which the update has to change for it.
            if (version !== 0) {
                throw new Error(`attempted to set key ${name} to version ${String(version)}, but key does not exist`);
            }
            continue;
        }
        if (version !== present.version + 1) {
            throw new Error(
                `attempt to set key ${name} to version ${String(version)}, but key is at version ${String(present.version)}`,
            );
        }
        const policy = present.modPolicyPath === undefined ? undefined : policies.get(present.modPolicyPath);
        if (policy === undefined) {
            throw new Error(`unexpected missing policy ${present.modPolicy} for item ${name}`);
        }
        try {
            policy.evaluate(signatures);
        } catch (cause) {
            const reason = errorText(cause);
            throw new Error(`policy for ${name} not satisfied: ${reason}`, { cause });
        }
    }
}

function verifyResult(result: Items, writeSet: Items, proposed: Items): void {
    const reached = reachableItems(result);
    const lost = [...writeSet.keys()].find((name) => !result.has(name));
    if (lost !== undefined) {
        throw new Error(`writeset contained key ${lost} which did not appear in proposed config`);
    }
    const isProposed = (name: string, item: ConfigurationItem): boolean => {
        const other = proposed.get(name);
        return other !== undefined && sameItem(item, other);
    };
    if (reached.size !== proposed.size || ![...reached].every(([name, item]) => isProposed(name, item))) {
        throw new Error('ConfigEnvelope LastUpdate did not produce the supplied config result');
    }
}
