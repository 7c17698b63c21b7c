// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../wire/decode.js';
import { lifecycle, protos } from '../wire/protobuf.js';
import {
    fieldKey,
    metadataKey,
    type ChaincodeDefinition,
    type ChaincodeParameters,
    type RecordTree,
    type StateRecord,
} from './chaincodeRecords.js';

/** Value of a key of the lifecycle's state; absent or empty when there is none. */
export type ReadKey = (key: string) => Buffer | undefined;

/** Type and field names of a record, undefined when the record does not exist. */
export function readMetadata(read: ReadKey, tree: RecordTree, name: string): lifecycle.StateMetadata | undefined {
    const bytes = read(metadataKey(tree, name));
    return isPresent(bytes) ? decode(lifecycle.StateMetadata, bytes, `metadata for namespace ${name}`) : undefined;
}

/** Committed sequence of a chaincode; 0 when it has no definition. */
export function readSequence(read: ReadKey, chaincode: string): number {
    const bytes = read(fieldKey('namespaces', chaincode, 'Sequence'));
    return isPresent(bytes) ? (decode(lifecycle.StateData, bytes, 'field Sequence').Int64 ?? 0) : 0;
}

export function readDefinition(read: ReadKey, chaincode: string): ChaincodeDefinition | undefined {
    const metadata = readMetadata(read, 'namespaces', chaincode);
    if (metadata === undefined) {
        return undefined;
    }
    assertType(metadata, 'ChaincodeDefinition', chaincode);
    const sequence = readSequence(read, chaincode);
    return { sequence, ...readParameterFields(read, chaincode) };
}

/** The parameters that an organisation approved; `name` is an approvalName. */
export function readParameters(read: ReadKey, name: string): ChaincodeParameters | undefined {
    const metadata = readMetadata(read, 'namespaces', name);
    if (metadata === undefined) {
        return undefined;
    }
    assertType(metadata, 'ChaincodeParameters', name);
    return readParameterFields(read, name);
}

/** The package id that an organisation approved with; undefined when it never approved, '' when it named none. */
export function readPackageId(read: ReadKey, name: string): string | undefined {
    const metadata = readMetadata(read, 'chaincode-sources', name);
    if (metadata === undefined) {
        return undefined;
    }
    assertType(metadata, 'ChaincodeLocalPackage', name);
    const bytes = read(fieldKey('chaincode-sources', name, 'PackageID'));
    return isPresent(bytes) ? (decode(lifecycle.StateData, bytes, 'field PackageID').String ?? '') : '';
}

function readParameterFields(read: ReadKey, name: string): ChaincodeParameters {
    const field = (fieldName: string): Buffer => {
        const bytes = read(fieldKey('namespaces', name, fieldName));
        return isPresent(bytes) ? asBuffer(decode(lifecycle.StateData, bytes, `field ${fieldName}`).Bytes) : noBytes;
    };
    const endorsement = decode(lifecycle.ChaincodeEndorsementInfo, field('EndorsementInfo'), 'EndorsementInfo');
    const validation = decode(lifecycle.ChaincodeValidationInfo, field('ValidationInfo'), 'ValidationInfo');
    return {
        version: endorsement.version,
        initRequired: endorsement.initRequired,
        endorsementPlugin: endorsement.endorsementPlugin,
        validationPlugin: validation.validationPlugin,
        validationParameter: Buffer.from(validation.validationParameter),
        collections: decode(protos.CollectionConfigPackage, field('Collections'), 'CollectionConfigPackage'),
    };
}

function assertType(metadata: lifecycle.StateMetadata, datatype: StateRecord['datatype'], name: string): void {
    if (metadata.datatype !== datatype) {
        throw new Error(`not a ${datatype}: ${name} holds ${metadata.datatype}`);
    }
}

const noBytes = Buffer.alloc(0);

function isPresent(bytes: Buffer | undefined): bytes is Buffer {
    return bytes !== undefined && bytes.length > 0;
}
