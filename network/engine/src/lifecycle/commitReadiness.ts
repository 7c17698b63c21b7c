// SPDX-License-Identifier: Apache-2.0
import type { PolicyTree } from '../policy/policyTree.js';
import { approvalName, parametersRecord, type ChaincodeDefinition } from './chaincodeRecords.js';
import { withDefaults } from './definitionChecks.js';
import { recordMismatches, type HashOfKey } from './recordComparison.js';
import { readSequence, type ReadKey } from './recordReading.js';

interface ReadinessRequest {
    readonly channelId: string;
    readonly policies: PolicyTree;
    readonly chaincode: string;
    readonly definition: ChaincodeDefinition;
}

/** Organisation → what of the definition it has not approved, nothing when it agrees. */
export type Mismatches = ReadonlyMap<string, readonly string[]>;

interface Readiness {
    /** The definition with its defaults. */
    readonly definition: ChaincodeDefinition;
    readonly mismatches: Mismatches;
}

/** Who has approved the next definition of a chaincode. Throws with Fabric's text when it is not the next. */
export function checkReadiness(
    { channelId, policies, chaincode, definition: requested }: ReadinessRequest,
    definitions: ReadKey,
    approvals: ReadonlyMap<string, HashOfKey>,
): Readiness {
    const next = readSequence(definitions, chaincode) + 1;
    if (requested.sequence !== next) {
        throw new Error(
            `requested sequence is ${String(requested.sequence)}, but new definition must be sequence ${String(next)}`,
        );
    }
    const definition = withDefaults(requested, channelId, policies);
    return { definition, mismatches: mismatchesOf(chaincode, definition, approvals) };
}

/** Package ids are not compared: each organisation may run a build of its own. */
export function mismatchesOf(
    chaincode: string,
    definition: ChaincodeDefinition,
    approvals: ReadonlyMap<string, HashOfKey>,
): Mismatches {
    const name = approvalName(chaincode, definition.sequence);
    const record = parametersRecord(definition);
    return new Map(
        [...approvals].map(([mspId, hashOf]) => [mspId, recordMismatches(hashOf, 'namespaces', name, record)]),
    );
}
