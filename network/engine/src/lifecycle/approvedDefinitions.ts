// SPDX-License-Identifier: Apache-2.0
import { implicitCollection } from '../ledger/privateData/collections.js';
import type { StateReader } from '../ledger/state/stateReader.js';
import { privateSpace } from '../ledger/state/stateSpace.js';
import type { lifecycle } from '../wire/protobuf.js';
import { recordNames } from './chaincodeDefinitions.js';
import { approvalName, lifecycleNamespace, type ChaincodeParameters } from './chaincodeRecords.js';
import { definitionToMessage, sourceOfPackage } from './definitionMessages.js';
import { readPackageId, readParameters, readSequence, type ReadKey } from './recordReading.js';

interface ApprovalQuery {
    readonly channelId: string;
    readonly name: string;
    /** 0 asks for the latest. */
    readonly sequence: number;
}

type Approved = lifecycle.QueryApprovedChaincodeDefinitionResult.$Properties;

/** What the organisation approved, as clear text. Throws with Fabric's text when it approved nothing. */
export function approvedDefinition(
    { channelId, name, sequence: asked }: ApprovalQuery,
    definitions: ReadKey,
    approvals: ReadKey,
): Approved {
    const sequence = asked === 0 ? latestApproval(name, definitions, approvals) : asked;
    const approved = approvalOf(name, sequence, approvals);
    if (approved === undefined) {
        throw new Error(
            `could not fetch approved chaincode definition (name: '${name}', sequence: '${String(sequence)}') on channel '${channelId}'`,
        );
    }
    return approved;
}

/** Everything the organisation approved on the channel, by name and sequence. */
export async function approvedDefinitions(
    reader: StateReader,
    mspId: string,
): Promise<lifecycle.QueryApprovedChaincodeDefinitionsResult.ApprovedChaincodeDefinition.$Properties[]> {
    const collection = implicitCollection(mspId);
    const read: ReadKey = (key) => reader.getPrivate(lifecycleNamespace, collection, key)?.value;
    const approvals = (await recordNames(reader, privateSpace(lifecycleNamespace, collection))).flatMap((key) => {
        const [, name = '', sequence = ''] = /^(.+)#(\d+)$/.exec(key) ?? [];
        return name === '' ? [] : [{ name, sequence: Number(sequence) }];
    });
    return approvals
        .sort((a, b) => (a.name === b.name ? a.sequence - b.sequence : a.name < b.name ? -1 : 1))
        .flatMap(({ name, sequence }) => {
            const approved = approvalOf(name, sequence, read);
            return approved === undefined ? [] : [{ name, ...approved }];
        });
}

/** The next sequence when it is approved already, else the one in force. */
function latestApproval(name: string, definitions: ReadKey, approvals: ReadKey): number {
    const current = readSequence(definitions, name);
    return readParameters(approvals, approvalName(name, current + 1)) === undefined ? current : current + 1;
}

function approvalOf(name: string, sequence: number, approvals: ReadKey): Approved | undefined {
    const key = approvalName(name, sequence);
    const parameters: ChaincodeParameters | undefined = readParameters(approvals, key);
    if (parameters === undefined) {
        return undefined;
    }
    return {
        ...definitionToMessage({ ...parameters, sequence }),
        source: sourceOfPackage(readPackageId(approvals, key) ?? ''),
    };
}
