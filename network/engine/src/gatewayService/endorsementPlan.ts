// SPDX-License-Identifier: Apache-2.0
import { lifecycleNamespace } from '../lifecycle/chaincodeRecords.js';
import type { PeerChannel } from '../lifecycle/peerChannels.js';
import type { ChannelConfiguration } from '../channel/channelConfiguration.js';
import type { ChaincodeCatalog } from '../endorser/chaincodeCatalog.js';
import { organisationOfImplicit } from '../ledger/privateData/collections.js';
import { memberOrganisations } from '../privateData/collectionMembers.js';
import { decode } from '../wire/decode.js';
import { common, type protos } from '../wire/protobuf.js';
import {
    combinationsOfAll,
    combinationsOfChannelPolicy,
    combinationsOfSignaturePolicy,
    type Combination,
} from './combinations.js';
import type { PeerEndorser } from './peerEndorser.js';

/** Why no set of peers can endorse; the text is the cause in Fabric's message. */
class PlanError extends Error {
    constructor(message: string) {
        super(message);
        this.name = 'PlanError';
    }
}

/** A channel and what is defined on it. */
export interface PlanningChannel {
    readonly channel: PeerChannel;
    readonly definitionOf: ChaincodeCatalog['definitionOf'];
}

/**
 * The combinations of organisations whose endorsements satisfy every policy that a transaction touches, restricted to
 * those that have enough peers (discovery/endorsement/endorsement.go). Throws PlanError.
 */
export function planEndorsement(
    channel: PlanningChannel,
    interest: protos.ChaincodeInterest.$Properties,
    peers: readonly Pick<PeerEndorser, 'mspId'>[],
): Combination[] {
    const calls = interest.chaincodes ?? [];
    const combinations = combinationsOfAll(calls.flatMap((call) => policiesOf(channel, call)));
    if (combinations.length === 0) throw new PlanError('no peer combination can satisfy the endorsement policy');
    const readers = calls.map((call) => privateReaders(channel, call));
    const eligible = peers.filter(({ mspId }) => readers.every((mspIds) => mspIds === undefined || mspIds.has(mspId)));
    const available = Map.groupBy(eligible, ({ mspId }) => mspId);
    const possible = combinations.filter((combination) =>
        [...combination].every(([mspId, count]) => (available.get(mspId)?.length ?? 0) >= count),
    );
    if (possible.length === 0) throw new PlanError('no peer combination can satisfy the endorsement policy');
    return possible;
}

/** A collection is judged by its own policy, where it has one, instead of its chaincode's. */
function policiesOf(planning: PlanningChannel, call: protos.ChaincodeCall.$Properties): Combination[][] {
    const policies = (call.keyPolicies ?? []).map(combinationsOfSignaturePolicy);
    const chaincode = call.name ?? '';
    const collections = call.collectionNames ?? [];
    if (collections.length > 0)
        policies.push(...collections.map((name) => collectionPolicy(planning, chaincode, name)));
    else if (!call.disregardNamespacePolicy) policies.push(namespacePolicy(planning, chaincode));
    return policies;
}

function collectionPolicy(planning: PlanningChannel, chaincode: string, name: string): Combination[] {
    const mspId = organisationOfImplicit(name);
    if (mspId !== undefined) return organisationPolicy(planning.channel, mspId);
    const own = collectionOf(planning, chaincode, name)?.endorsementPolicy;
    return own ? applicationPolicy(planning.channel, own) : namespacePolicy(planning, chaincode);
}

/** Organisations whose peers have the clear text that a call reads; undefined when it reads none. */
function privateReaders(
    planning: PlanningChannel,
    { name, collectionNames, noPrivateReads }: protos.ChaincodeCall.$Properties,
): ReadonlySet<string> | undefined {
    if ((collectionNames ?? []).length === 0 || noPrivateReads === true) return undefined;
    const members = (collectionNames ?? []).map((collection) => {
        const mspId = organisationOfImplicit(collection);
        if (mspId !== undefined) return new Set([mspId]);
        const found = collectionOf(planning, name ?? '', collection);
        if (found === undefined) {
            throw new PlanError(
                `collection ${collection} doesn't exist in collection config for chaincode ${name ?? ''}`,
            );
        }
        return memberOrganisations({ memberPolicy: found.memberOrgsPolicy?.signaturePolicy ?? {} });
    });
    const [first, ...others] = members;
    return new Set([...(first ?? [])].filter((mspId) => others.every((one) => one.has(mspId))));
}

function collectionOf(
    { channel, definitionOf }: PlanningChannel,
    chaincode: string,
    name: string,
): protos.StaticCollectionConfig.$Properties | undefined {
    return (definitionOf(channel.ledger.channelId, chaincode)?.collections.config ?? [])
        .map(({ staticCollectionConfig }) => staticCollectionConfig ?? undefined)
        .find((collection) => collection?.name === name);
}

/** Combinations by policy, for one configuration of a channel; most transactions touch the same few policies. */
const knownPolicies = new WeakMap<ChannelConfiguration, Map<string, Combination[]>>();

function namespacePolicy({ channel, definitionOf }: PlanningChannel, chaincode: string): Combination[] {
    const { channelId } = channel.ledger;
    if (chaincode === lifecycleNamespace) return channelPolicy(channel, '/Channel/Application/LifecycleEndorsement');
    const definition = definitionOf(channelId, chaincode);
    if (definition === undefined) {
        throw new PlanError(`No metadata was found for chaincode ${chaincode} in channel ${channelId}`);
    }
    const configuration = channel.configuration();
    const known = knownPolicies.get(configuration) ?? new Map<string, Combination[]>();
    knownPolicies.set(configuration, known);
    const key = definition.validationParameter.toString('latin1');
    let combinations = known.get(key);
    if (combinations === undefined) {
        const policy = decode(common.ApplicationPolicy, definition.validationParameter, 'ApplicationPolicy');
        combinations = applicationPolicy(channel, policy);
        known.set(key, combinations);
    }
    return combinations;
}

/** Who may write an organisation's implicit collection: its own Endorsement policy decides. */
function organisationPolicy(channel: PeerChannel, mspId: string): Combination[] {
    const organisation = channel.configuration().application.organisations.find((one) => one.mspId === mspId);
    return channelPolicy(channel, `/Channel/Application/${organisation?.name ?? ''}/Endorsement`);
}

function applicationPolicy(channel: PeerChannel, policy: common.ApplicationPolicy.$Properties): Combination[] {
    return policy.signaturePolicy
        ? combinationsOfSignaturePolicy(policy.signaturePolicy)
        : channelPolicy(channel, policy.channelConfigPolicyReference ?? '');
}

function channelPolicy(channel: PeerChannel, path: string): Combination[] {
    const root = channel.configuration().config.channelGroup;
    const combinations = root ? combinationsOfChannelPolicy(root, path) : undefined;
    if (combinations === undefined) throw new PlanError('policy not found');
    return combinations;
}
