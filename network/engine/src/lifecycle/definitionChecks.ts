// SPDX-License-Identifier: Apache-2.0
import type { MspManager } from '../identity/mspManager.js';
import type { PolicyTree } from '../policy/policyTree.js';
import { encode } from '../wire/decode.js';
import { common, protos } from '../wire/protobuf.js';
import { checkCollections } from './collectionChecks.js';
import type { ChaincodeDefinition, ChaincodeParameters } from './chaincodeRecords.js';

const namePattern = /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/;
const versionPattern = /^[A-Za-z0-9_.+-]+$/;
const systemChaincodes: readonly string[] = ['cscc', 'escc', 'lscc', 'qscc', 'vscc'];
const builtInPlugins = { endorsement: 'escc', validation: 'vscc' } as const;
const defaultPolicy = '/Channel/Application/Endorsement';

/**
 * Whether a definition may be approved or committed at all; throws with Fabric's text. What this engine cannot run is
 * refused by name. `committed`: the definition in force, if there is one.
 */
export function checkDefinition(
    name: string,
    definition: ChaincodeDefinition,
    committed: ChaincodeDefinition | undefined,
    msps: MspManager,
): void {
    if (!namePattern.test(name)) {
        throw new Error(
            `invalid chaincode name '${name}'. Names can only consist of alphanumerics, '_', and '-' and can only begin with alphanumerics`,
        );
    }
    if (systemChaincodes.includes(name)) {
        throw new Error(`chaincode name '${name}' is the name of a system chaincode`);
    }
    if (!versionPattern.test(definition.version)) {
        throw new Error(
            `invalid chaincode version '${definition.version}'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'`,
        );
    }
    checkCollections(definition.collections, committed?.collections ?? {}, msps);
    checkPlugins(definition);
}

/** Absent parts mean Fabric's defaults; they are filled in before anything is stored or compared. */
export function withDefaults(
    definition: ChaincodeDefinition,
    channelId: string,
    policies: PolicyTree,
): ChaincodeDefinition {
    return {
        ...definition,
        endorsementPlugin: definition.endorsementPlugin || builtInPlugins.endorsement,
        validationPlugin: definition.validationPlugin || builtInPlugins.validation,
        validationParameter:
            definition.validationParameter.length > 0
                ? definition.validationParameter
                : defaultValidationParameter(channelId, policies),
    };
}

/** Throws with Fabric's text at the first part in which two sets of parameters differ. */
export function assertSameParameters(expected: ChaincodeParameters, passed: ChaincodeParameters): void {
    const parts: readonly (readonly [part: string, of: (parameters: ChaincodeParameters) => string])[] = [
        ['Version', ({ version }) => version],
        ['EndorsementPlugin', ({ endorsementPlugin }) => endorsementPlugin],
        ['InitRequired', ({ initRequired }) => String(initRequired)],
        ['ValidationPlugin', ({ validationPlugin }) => validationPlugin],
        ['ValidationParameter', ({ validationParameter }) => validationParameter.toString('hex')],
    ];
    for (const [part, of] of parts) {
        if (of(expected) !== of(passed)) {
            throw new Error(`expected ${part} '${of(expected)}' does not match passed ${part} '${of(passed)}'`);
        }
    }
    if (!collectionBytes(expected).equals(collectionBytes(passed))) {
        throw new Error('Collections do not match');
    }
}

function collectionBytes({ collections }: ChaincodeParameters): Buffer {
    return encode(protos.CollectionConfigPackage, collections);
}

function checkPlugins({ endorsementPlugin, validationPlugin }: ChaincodeDefinition): void {
    if (endorsementPlugin !== '' && endorsementPlugin !== builtInPlugins.endorsement) {
        throw new Error(`endorsement plugin '${endorsementPlugin}' is not supported by this engine`);
    }
    if (validationPlugin !== '' && validationPlugin !== builtInPlugins.validation) {
        throw new Error(`validation plugin '${validationPlugin}' is not supported by this engine`);
    }
}

function defaultValidationParameter(channelId: string, policies: PolicyTree): Buffer {
    if (policies.get(defaultPolicy) === undefined) {
        throw new Error(
            `policy '${defaultPolicy}' must be defined for channel '${channelId}' before chaincode operations can be attempted`,
        );
    }
    return encode(common.ApplicationPolicy, { channelConfigPolicyReference: defaultPolicy });
}
