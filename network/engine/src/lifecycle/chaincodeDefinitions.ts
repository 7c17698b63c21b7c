// SPDX-License-Identifier: Apache-2.0
import type { StateReader } from '../ledger/state/stateReader.js';
import type { ChaincodeDefinition } from './chaincodeRecords.js';
import { lifecycleNamespace, metadataKey } from './chaincodeRecords.js';
import { readDefinition } from './recordReading.js';

const pageEntries = 100;

/** The committed definition of a chaincode, undefined when there is none. Throws when the state is not readable. */
export function definitionOf(reader: StateReader, name: string): ChaincodeDefinition | undefined {
    return readDefinition((key) => reader.get(lifecycleNamespace, key)?.value, name);
}

/** Names of all chaincodes with a committed definition, in byte order. */
export function definedChaincodes(reader: StateReader): Promise<string[]> {
    return recordNames(reader, lifecycleNamespace);
}

/** Names of the records of the tree `namespaces` in a space of stateSpace.ts, in byte order. */
export async function recordNames(reader: StateReader, space: string): Promise<string[]> {
    const prefix = metadataKey('namespaces', '');
    // '0' follows '/': the end of everything that starts with the prefix.
    const range = reader.range(space, prefix, `${prefix.slice(0, -1)}0`);
    const names: string[] = [];
    try {
        for (;;) {
            const page = await range.next(pageEntries);
            names.push(...page.map(({ key }) => key.slice(prefix.length)));
            if (page.length < pageEntries) {
                return names;
            }
        }
    } finally {
        await range.close();
    }
}
