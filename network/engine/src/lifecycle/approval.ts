// SPDX-License-Identifier: Apache-2.0
import type { PolicyTree } from '../policy/policyTree.js';
import { errorText } from '../wire/errorText.js';
import { approvalName, localPackageRecord, parametersRecord, type ChaincodeDefinition } from './chaincodeRecords.js';
import { assertSameParameters, withDefaults } from './definitionChecks.js';
import { readDefinition, readPackageId, readParameters, readSequence, type ReadKey } from './recordReading.js';
import { writeRecord, type RecordState } from './recordWriting.js';

interface ApprovalRequest {
    readonly channelId: string;
    readonly policies: PolicyTree;
    readonly chaincode: string;
    readonly definition: ChaincodeDefinition;
    /** Empty when the organisation does not run the chaincode. */
    readonly packageId: string;
}

/**
 * Writes an organisation's approval of a definition into its own collection
 * (core/chaincode/lifecycle/lifecycle.go, ApproveChaincodeDefinitionForOrg). Throws with Fabric's text.
 */
export function approve(request: ApprovalRequest, definitions: ReadKey, approvals: RecordState): void {
    const { channelId, policies, chaincode, packageId } = request;
    const current = readSequence(definitions, chaincode);
    checkSequence(request.definition.sequence, current);
    const definition = withDefaults(request.definition, channelId, policies);
    const { sequence } = definition;
    const name = approvalName(chaincode, sequence);
    const isUnchanged = sameApproval(approvals.get, name, definition, packageId);
    if (sequence === current) {
        assertMatchesCommitted(definitions, chaincode, definition);
        if (isUnchanged) {
            throw new Error(
                `attempted to redefine the current committed sequence (${String(current)}) for namespace ${chaincode}`,
            );
        }
    } else if (isUnchanged) {
        throw new Error(
            `attempted to redefine uncommitted sequence (${String(sequence)}) for namespace ${chaincode} with unchanged content`,
        );
    }
    writeRecord(approvals, 'namespaces', name, parametersRecord(definition));
    writeRecord(approvals, 'chaincode-sources', name, localPackageRecord(packageId));
}

function checkSequence(requested: number, current: number): void {
    if (requested === 0 && current === 0) {
        throw new Error('requested sequence is 0, but first definable sequence number is 1');
    }
    if (requested < current) {
        throw new Error(
            `currently defined sequence ${String(current)} is larger than requested sequence ${String(requested)}`,
        );
    }
    if (requested > current + 1) {
        throw new Error(
            `requested sequence ${String(requested)} is larger than the next available sequence number ${String(current + 1)}`,
        );
    }
}

/** A committed sequence can only be approved late or with another package. */
function assertMatchesCommitted(definitions: ReadKey, chaincode: string, definition: ChaincodeDefinition): void {
    const sequence = String(definition.sequence);
    const committed = readDefinition(definitions, chaincode);
    if (committed === undefined) {
        throw new Error(`missing metadata for currently committed sequence number (${sequence})`);
    }
    try {
        assertSameParameters(committed, definition);
    } catch (cause) {
        const reason = errorText(cause);
        throw new Error(
            `attempted to redefine the current committed sequence (${sequence}) for namespace ${chaincode} with different parameters: ${reason}`,
            { cause },
        );
    }
}

function sameApproval(approvals: ReadKey, name: string, definition: ChaincodeDefinition, packageId: string): boolean {
    const approved = readParameters(approvals, name);
    const approvedPackage = readPackageId(approvals, name);
    if (approved === undefined || approvedPackage !== packageId) {
        return false;
    }
    try {
        assertSameParameters(approved, definition);
        return true;
    } catch {
        return false;
    }
}
