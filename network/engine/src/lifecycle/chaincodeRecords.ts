// SPDX-License-Identifier: Apache-2.0
import { encode } from '../wire/decode.js';
import { lifecycle, protos } from '../wire/protobuf.js';

/** Namespace of the lifecycle's own state. */
export const lifecycleNamespace = '_lifecycle';

/** What the members agree on; the sequence is what makes it a definition. */
export interface ChaincodeParameters {
    readonly version: string;
    readonly endorsementPlugin: string;
    readonly validationPlugin: string;
    /** Serialised protos.ApplicationPolicy. */
    readonly validationParameter: Buffer;
    readonly initRequired: boolean;
    readonly collections: protos.CollectionConfigPackage.$Properties;
}

/** A committed definition. */
export interface ChaincodeDefinition extends ChaincodeParameters {
    /** Counts the definitions of the chaincode, from 1. */
    readonly sequence: number;
}

/** A record as it is laid out in state: a type, its field names in order, and a value per field. */
export interface StateRecord {
    readonly datatype: 'ChaincodeDefinition' | 'ChaincodeParameters' | 'ChaincodeLocalPackage';
    readonly fields: readonly (readonly [name: string, value: Buffer])[];
}

/** Where records live: definitions and parameters in one tree, the packages behind them in another. */
export type RecordTree = 'namespaces' | 'chaincode-sources';

export function metadataKey(tree: RecordTree, name: string): string {
    return `${tree}/metadata/${name}`;
}

export function fieldKey(tree: RecordTree, name: string, field: string): string {
    return `${tree}/fields/${name}/${field}`;
}

/** Name under which an organisation keeps its approval of one sequence. */
export function approvalName(chaincode: string, sequence: number): string {
    return `${chaincode}#${String(sequence)}`;
}

export function metadataBytes({ datatype, fields }: StateRecord): Buffer {
    return encode(lifecycle.StateMetadata, { datatype, fields: fields.map(([name]) => name) });
}

export function definitionRecord(definition: ChaincodeDefinition): StateRecord {
    const parameters = parametersRecord(definition).fields;
    return {
        datatype: 'ChaincodeDefinition',
        fields: [['Sequence', encode(lifecycle.StateData, { Int64: definition.sequence })], ...parameters],
    };
}

export function parametersRecord(parameters: ChaincodeParameters): StateRecord {
    const { version, initRequired, endorsementPlugin, validationPlugin, validationParameter } = parameters;
    const endorsementInfo = encode(lifecycle.ChaincodeEndorsementInfo, {
        ...(version !== '' && { version }),
        ...(initRequired && { initRequired }),
        ...(endorsementPlugin !== '' && { endorsementPlugin }),
    });
    const validationInfo = encode(lifecycle.ChaincodeValidationInfo, {
        ...(validationPlugin !== '' && { validationPlugin }),
        ...(validationParameter.length > 0 && { validationParameter }),
    });
    return {
        datatype: 'ChaincodeParameters',
        fields: [
            ['EndorsementInfo', bytesField(endorsementInfo)],
            ['ValidationInfo', bytesField(validationInfo)],
            ['Collections', bytesField(encode(protos.CollectionConfigPackage, parameters.collections))],
        ],
    };
}

/** The package that an organisation runs; an empty id means that it runs none. */
export function localPackageRecord(packageId: string): StateRecord {
    return {
        datatype: 'ChaincodeLocalPackage',
        fields: [['PackageID', encode(lifecycle.StateData, { String: packageId })]],
    };
}

// The kind of a field is stated even when its value is empty, hence the explicit empty field.
function bytesField(bytes: Buffer): Buffer {
    return encode(lifecycle.StateData, { Bytes: bytes });
}
