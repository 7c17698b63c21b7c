// SPDX-License-Identifier: Apache-2.0
import type { protos } from '../../wire/protobuf.js';
import type { StateReader } from '../state/stateReader.js';

/** What validation needs of a chaincode's definition. */
export interface ValidationDefinition {
    /** Only `vscc` exists. */
    readonly validationPlugin: string;
    /** Serialised protos.ApplicationPolicy. */
    readonly validationParameter: Uint8Array;
    readonly collections: protos.CollectionConfigPackage.$Properties;
}

/** Definition of a chaincode in committed state; a higher room provides it. May throw when the state is not readable. */
export type DefinitionOf = (reader: StateReader, chaincode: string) => ValidationDefinition | undefined;

/** Namespace of the chaincode lifecycle itself, which has no definition in state. */
export const lifecycleNamespace = '_lifecycle';
