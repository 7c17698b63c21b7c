// SPDX-License-Identifier: Apache-2.0
import type { StateReader } from '../ledger/state/stateReader.js';
import { definedChaincodes, definitionOf } from './chaincodeDefinitions.js';
import { approvalName, localPackageRecord, parametersRecord, type ChaincodeDefinition } from './chaincodeRecords.js';
import type { PeerChannels } from './peerChannels.js';
import { committedHashes, recordMismatches } from './recordComparison.js';

/** A definition that a package stands behind. */
interface PackageReference {
    readonly name: string;
    readonly version: string;
}

/** True when the organisation approved the definition; judged by hashes, so any peer of the channel can tell. */
export function isApproved(reader: StateReader, mspId: string, name: string, definition: ChaincodeDefinition): boolean {
    const record = parametersRecord(definition);
    const approval = approvalName(name, definition.sequence);
    return recordMismatches(committedHashes(reader, mspId), 'namespaces', approval, record).length === 0;
}

/** True when the organisation approved the definition with this package. */
export function isApprovedPackage(
    reader: StateReader,
    mspId: string,
    approval: { readonly name: string; readonly sequence: number },
    packageId: string,
): boolean {
    const name = approvalName(approval.name, approval.sequence);
    const record = localPackageRecord(packageId);
    return recordMismatches(committedHashes(reader, mspId), 'chaincode-sources', name, record).length === 0;
}

/** Channel → chaincodes that run from a package, as approved by the organisation; channels without any are left out. */
export async function packageReferences(
    channels: PeerChannels,
    mspId: string,
    packageId: string,
): Promise<ReadonlyMap<string, readonly PackageReference[]>> {
    const references = new Map<string, readonly PackageReference[]>();
    for (const channelId of channels.ids()) {
        const reader = channels.get(channelId)?.ledger.newReader();
        if (reader === undefined) {
            continue;
        }
        try {
            const found = await referencesOn(reader, mspId, packageId);
            if (found.length > 0) {
                references.set(channelId, found);
            }
        } finally {
            reader.release();
        }
    }
    return references;
}

async function referencesOn(reader: StateReader, mspId: string, packageId: string): Promise<PackageReference[]> {
    const references: PackageReference[] = [];
    for (const name of await definedChaincodes(reader)) {
        const definition = definitionOf(reader, name);
        if (
            definition !== undefined &&
            isApproved(reader, mspId, name, definition) &&
            isApprovedPackage(reader, mspId, { name, sequence: definition.sequence }, packageId)
        ) {
            references.push({ name, version: definition.version });
        }
    }
    return references;
}
