// SPDX-License-Identifier: Apache-2.0
import type { PeerChannel } from '../lifecycle/peerChannels.js';
import { definitionOf } from '../lifecycle/chaincodeDefinitions.js';
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
export class PlanError extends Error {
    constructor(message: string) {
        super(message);
        this.name = 'PlanError';
    }
}

const implicitCollectionPrefix = '_implicit_org_';

/**
 * The combinations of organisations whose endorsements satisfy every policy that a transaction touches, restricted to
 * those that have enough peers (discovery/endorsement/endorsement.go). Throws PlanError.
 */
export function planEndorsement(
    channel: PeerChannel,
    interest: protos.ChaincodeInterest.$Properties,
    peers: readonly PeerEndorser[],
): Combination[] {
    const combinations = combinationsOfAll((interest.chaincodes ?? []).flatMap((call) => policiesOf(channel, call)));
    if (combinations.length === 0) throw new PlanError('no peer combination can satisfy the endorsement policy');
    const available = Map.groupBy(peers, ({ mspId }) => mspId);
    const possible = combinations.filter((combination) =>
        [...combination].every(([mspId, count]) => (available.get(mspId)?.length ?? 0) >= count),
    );
    if (possible.length === 0) throw new PlanError('no peer combination can satisfy the endorsement policy');
    return possible;
}

function policiesOf(channel: PeerChannel, call: protos.ChaincodeCall.$Properties): Combination[][] {
    const policies = (call.keyPolicies ?? []).map(combinationsOfSignaturePolicy);
    if (!call.disregardNamespacePolicy) policies.push(namespacePolicy(channel, call.name ?? ''));
    for (const collection of call.collectionNames ?? []) {
        if (collection.startsWith(implicitCollectionPrefix)) {
            policies.push(organisationPolicy(channel, collection.slice(implicitCollectionPrefix.length)));
        }
    }
    return policies;
}

function namespacePolicy(channel: PeerChannel, chaincode: string): Combination[] {
    const reader = channel.ledger.newReader();
    try {
        const definition = definitionOf(reader, chaincode);
        if (definition === undefined) {
            const { channelId } = channel.ledger;
            throw new PlanError(`No metadata was found for chaincode ${chaincode} in channel ${channelId}`);
        }
        return applicationPolicy(
            channel,
            decode(common.ApplicationPolicy, definition.validationParameter, 'ApplicationPolicy'),
        );
    } finally {
        reader.release();
    }
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
