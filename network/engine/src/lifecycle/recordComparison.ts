// SPDX-License-Identifier: Apache-2.0
import { implicitCollection } from '../ledger/privateData/collections.js';
import type { Simulation } from '../ledger/simulation/simulation.js';
import type { StateReader } from '../ledger/state/stateReader.js';
import { sha256 } from '../wire/hashing.js';
import {
    fieldKey,
    lifecycleNamespace,
    metadataBytes,
    metadataKey,
    type RecordTree,
    type StateRecord,
} from './chaincodeRecords.js';

/** SHA-256 of the value of a key in an organisation's collection; every peer of the channel knows it. */
export type HashOfKey = (key: string) => Buffer | undefined;

/** Hashes read through a simulation, which records that they were read. */
export function simulatedHashes(simulation: Simulation, mspId: string): HashOfKey {
    const collection = implicitCollection(mspId);
    return (key) => simulation.getPrivateDataHash(lifecycleNamespace, collection, key);
}

export function committedHashes(reader: StateReader, mspId: string): HashOfKey {
    const collection = implicitCollection(mspId);
    return (key) => reader.getHashed(lifecycleNamespace, collection, sha256(Buffer.from(key)))?.value;
}

/**
 * What of a record an organisation stored differently: nothing, its type (also when it stored none), or names of fields.
 * Hashes are enough, so one organisation can compare another's approval without seeing it.
 */
export function recordMismatches(hashOf: HashOfKey, tree: RecordTree, name: string, record: StateRecord): string[] {
    const differs = (key: string, value: Buffer): boolean => hashOf(key)?.equals(sha256(value)) !== true;
    const typeDiffers = differs(metadataKey(tree, name), metadataBytes(record));
    // The fields are read in any case: real peers have them in their read sets, even where nothing was approved.
    const fields = record.fields.filter(([field, value]) => differs(fieldKey(tree, name, field), value));
    return typeDiffers ? [record.datatype] : fields.map(([field]) => field);
}
