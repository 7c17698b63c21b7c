// SPDX-License-Identifier: Apache-2.0
import { asBuffer } from '../wire/decode.js';
import type { lifecycle } from '../wire/protobuf.js';
import type { ChaincodeDefinition } from './chaincodeRecords.js';
import type { Mismatches } from './commitReadiness.js';

/** The fields that every message about a definition has. */
type DefinitionMessage = Omit<lifecycle.CommitChaincodeDefinitionArgs.$Properties, 'name' | '$unknowns'>;

export function definitionFromMessage(message: DefinitionMessage): ChaincodeDefinition {
    return {
        sequence: message.sequence ?? 0,
        version: message.version ?? '',
        endorsementPlugin: message.endorsementPlugin ?? '',
        validationPlugin: message.validationPlugin ?? '',
        validationParameter: asBuffer(message.validationParameter),
        initRequired: message.initRequired ?? false,
        collections: message.collections ?? {},
    };
}

/** Empty fields are left out, save for the collections, which Fabric always states. */
export function definitionToMessage(definition: ChaincodeDefinition): DefinitionMessage {
    const { sequence, version, endorsementPlugin, validationPlugin, validationParameter, initRequired } = definition;
    return {
        ...(sequence !== 0 && { sequence }),
        ...(version !== '' && { version }),
        ...(endorsementPlugin !== '' && { endorsementPlugin }),
        ...(validationPlugin !== '' && { validationPlugin }),
        ...(validationParameter.length > 0 && { validationParameter }),
        ...(initRequired && { initRequired }),
        collections: definition.collections,
    };
}

/** The package an organisation approved with; '' for none. */
export function packageIdFromSource(source: lifecycle.ChaincodeSource.$Properties | null | undefined): string {
    return source?.localPackage?.packageId ?? '';
}

export function sourceOfPackage(packageId: string): lifecycle.ChaincodeSource.$Properties {
    return packageId === '' ? { unavailable: {} } : { localPackage: { packageId } };
}

/** Organisation → whether it agrees in everything. */
export function approvalsOf(mismatches: Mismatches): Record<string, boolean> {
    return Object.fromEntries([...mismatches].map(([mspId, items]) => [mspId, items.length === 0]));
}
