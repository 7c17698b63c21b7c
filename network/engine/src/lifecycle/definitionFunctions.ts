// SPDX-License-Identifier: Apache-2.0
import type { Simulation } from '../ledger/simulation/simulation.js';
import { errorText } from '../wire/errorText.js';
import { lifecycle } from '../wire/protobuf.js';
import { approve } from './approval.js';
import { approvedDefinition, approvedDefinitions } from './approvedDefinitions.js';
import { definedChaincodes, definitionOf } from './chaincodeDefinitions.js';
import { definitionRecord, lifecycleNamespace, type ChaincodeDefinition } from './chaincodeRecords.js';
import { checkReadiness, mismatchesOf } from './commitReadiness.js';
import { checkDefinition } from './definitionChecks.js';
import { approvalsOf, definitionFromMessage, definitionToMessage, packageIdFromSource } from './definitionMessages.js';
import { lifecycleFunction, type LifecycleContext } from './lifecycleFunction.js';
import type { PeerChannel } from './peerChannels.js';
import { simulatedHashes, type HashOfKey } from './recordComparison.js';
import { readDefinition, type ReadKey } from './recordReading.js';
import { organisationState, publicState, writeRecord } from './recordWriting.js';

/** A chaincode without definition; answered with status 404 and without the usual prefix. */
export class NamespaceNotDefinedError extends Error {
    constructor(name: string) {
        super(`namespace ${name} is not defined`);
        this.name = 'NamespaceNotDefinedError';
    }
}

/** Functions of `_lifecycle` that concern a channel: what its members approve and commit. */
export const definitionFunctions = {
    ApproveChaincodeDefinitionForMyOrg: lifecycleFunction(
        lifecycle.ApproveChaincodeDefinitionForMyOrgArgs,
        lifecycle.ApproveChaincodeDefinitionForMyOrgResult,
        (args, context) => {
            const { simulation, definitions, policies } = onChannel(context);
            const definition = definitionFromMessage(args);
            checkProposed(args.name, definition, onChannel(context));
            const packageId = packageIdFromSource(args.source);
            const request = { channelId: context.channelId, policies, chaincode: args.name, definition, packageId };
            approve(request, definitions, organisationState(simulation, context.mspId));
            return {};
        },
    ),
    CheckCommitReadiness: lifecycleFunction(
        lifecycle.CheckCommitReadinessArgs,
        lifecycle.CheckCommitReadinessResult,
        (args, context) => {
            const { mismatches } = readiness(args.name, definitionFromMessage(args), context);
            const disagreeing = [...mismatches].filter(([, items]) => items.length > 0);
            return {
                approvals: approvalsOf(mismatches),
                mismatches: Object.fromEntries(disagreeing.map(([mspId, items]) => [mspId, { items: [...items] }])),
            };
        },
    ),
    CommitChaincodeDefinition: lifecycleFunction(
        lifecycle.CommitChaincodeDefinitionArgs,
        lifecycle.CommitChaincodeDefinitionResult,
        (args, context) => {
            const { simulation } = onChannel(context);
            const proposed = definitionFromMessage(args);
            checkProposed(args.name, proposed, onChannel(context));
            const { definition, mismatches } = readiness(args.name, proposed, context);
            // Each endorsing peer vouches for its own organisation; the rest is LifecycleEndorsement's business.
            if (mismatches.get(context.mspId)?.length !== 0) {
                throw new Error(`chaincode definition not agreed to by this org (${context.mspId})`);
            }
            writeRecord(publicState(simulation), 'namespaces', args.name, definitionRecord(definition));
            return {};
        },
    ),
    QueryChaincodeDefinition: lifecycleFunction(
        lifecycle.QueryChaincodeDefinitionArgs,
        lifecycle.QueryChaincodeDefinitionResult,
        ({ name }, context) => {
            const { definitions, approvals } = onChannel(context);
            const definition = readDefinition(definitions, name);
            if (definition === undefined) {
                throw new NamespaceNotDefinedError(name);
            }
            return {
                ...definitionToMessage(definition),
                approvals: approvalsOf(mismatchesOf(name, definition, approvals)),
            };
        },
    ),
    QueryChaincodeDefinitions: lifecycleFunction(
        lifecycle.QueryChaincodeDefinitionsArgs,
        lifecycle.QueryChaincodeDefinitionsResult,
        async (_args, context) => {
            const reader = onChannel(context).channel.ledger.newReader();
            try {
                const names = await definedChaincodes(reader);
                const definitions = names.map((name) => ({ name, definition: definitionOf(reader, name) }));
                return {
                    chaincodeDefinitions: definitions.flatMap(({ name, definition }) =>
                        definition === undefined ? [] : [{ name, ...definitionToMessage(definition) }],
                    ),
                };
            } finally {
                reader.release();
            }
        },
    ),
    QueryApprovedChaincodeDefinition: lifecycleFunction(
        lifecycle.QueryApprovedChaincodeDefinitionArgs,
        lifecycle.QueryApprovedChaincodeDefinitionResult,
        ({ name, sequence }, context) => {
            const { simulation, definitions } = onChannel(context);
            const approvals = organisationState(simulation, context.mspId).get;
            return approvedDefinition({ channelId: context.channelId, name, sequence }, definitions, approvals);
        },
    ),
    QueryApprovedChaincodeDefinitions: lifecycleFunction(
        lifecycle.QueryApprovedChaincodeDefinitionsArgs,
        lifecycle.QueryApprovedChaincodeDefinitionsResult,
        async (_args, context) => {
            const reader = onChannel(context).channel.ledger.newReader();
            try {
                return { approvedChaincodeDefinitions: await approvedDefinitions(reader, context.mspId) };
            } finally {
                reader.release();
            }
        },
    ),
};

interface ChannelContext {
    readonly channel: PeerChannel;
    readonly simulation: Simulation;
    readonly policies: ReturnType<PeerChannel['configuration']>['policies'];
    readonly definitions: ReadKey;
    /** Hashes of every organisation's approvals. */
    readonly approvals: ReadonlyMap<string, HashOfKey>;
}

function onChannel({ channelId, channel, simulation }: LifecycleContext): ChannelContext {
    if (channel === undefined || simulation === undefined) {
        throw new Error(`no application config for channel '${channelId}'`);
    }
    const { policies, application } = channel.configuration();
    return {
        channel,
        simulation,
        policies,
        definitions: publicState(simulation).get,
        approvals: new Map(application.organisations.map(({ mspId }) => [mspId, simulatedHashes(simulation, mspId)])),
    };
}

function readiness(
    chaincode: string,
    definition: ChaincodeDefinition,
    context: LifecycleContext,
): ReturnType<typeof checkReadiness> {
    const { policies, definitions, approvals } = onChannel(context);
    return checkReadiness({ channelId: context.channelId, policies, chaincode, definition }, definitions, approvals);
}

function checkProposed(name: string, proposed: ChaincodeDefinition, { channel, simulation }: ChannelContext): void {
    try {
        const { msps } = channel.configuration();
        checkDefinition(name, proposed, committedDefinition(name, simulation), msps);
    } catch (cause) {
        throw new Error(`error validating chaincode definition: ${errorText(cause)}`, { cause });
    }
}

/**
 * The definition in force. Fabric also asks its former lifecycle for a chaincode without one, which leaves a read in the
 * read set; without it, endorsements of this peer and of a real one would differ.
 */
function committedDefinition(name: string, simulation: Simulation): ChaincodeDefinition | undefined {
    const definition = readDefinition((key) => simulation.getState(lifecycleNamespace, key), name);
    if (definition === undefined) {
        simulation.getState('lscc', name);
    }
    return definition;
}
