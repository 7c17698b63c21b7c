// SPDX-License-Identifier: Apache-2.0
import type { Simulation } from '../ledger/simulation/simulation.js';
import { implicitCollection } from '../ledger/privateData/collections.js';
import {
    fieldKey,
    lifecycleNamespace,
    metadataBytes,
    metadataKey,
    type RecordTree,
    type StateRecord,
} from './chaincodeRecords.js';
import { readMetadata, type ReadKey } from './recordReading.js';

/** State that records are written to: the channel's public state, or an organisation's own collection. */
export interface RecordState {
    readonly get: ReadKey;
    set(key: string, value: Buffer): void;
    delete(key: string): void;
}

/** Definitions that all members see. */
export function publicState(simulation: Simulation): RecordState {
    return {
        get: (key) => simulation.getState(lifecycleNamespace, key),
        set: (key, value) => {
            simulation.setState(lifecycleNamespace, key, value);
        },
        delete: (key) => {
            simulation.deleteState(lifecycleNamespace, key);
        },
    };
}

/** Approvals of one organisation; only its own peers have the clear text. */
export function organisationState(simulation: Simulation, mspId: string): RecordState {
    const collection = implicitCollection(mspId);
    return {
        get: (key) => simulation.getPrivateData(lifecycleNamespace, collection, key),
        set: (key, value) => {
            simulation.setPrivateData(lifecycleNamespace, collection, key, value);
        },
        delete: (key) => {
            simulation.deletePrivateData(lifecycleNamespace, collection, key);
        },
    };
}

/**
 * Writes the parts of a record that differ from what is stored, because unchanged parts must not appear in the write set;
 * fields that the record no longer has are deleted (core/chaincode/lifecycle/serializer.go).
 */
export function writeRecord(state: RecordState, tree: RecordTree, name: string, record: StateRecord): void {
    const stored = readMetadata(state.get, tree, name);
    const storedFields = stored?.fields ?? [];
    const leftover = new Map(storedFields.map((field) => [field, state.get(fieldKey(tree, name, field))]));
    for (const [field, value] of record.fields) {
        if (leftover.get(field)?.equals(value) !== true) {
            state.set(fieldKey(tree, name, field), value);
        }
        leftover.delete(field);
    }
    if (stored?.datatype !== record.datatype || leftover.size > 0 || storedFields.length !== record.fields.length) {
        state.set(metadataKey(tree, name), metadataBytes(record));
    }
    for (const field of leftover.keys()) {
        state.delete(fieldKey(tree, name, field));
    }
}
