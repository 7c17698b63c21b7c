// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { applicationPolicy } from '../../policy/applicationPolicy.js';
import type { Policy } from '../../policy/policy.js';
import { signaturePolicy } from '../../policy/signaturePolicy.js';
import { encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import type { ValidationDefinition } from './validationDefinition.js';

const implicitPrefix = '_implicit_org_';
const memberRole = 0;

/** The endorsement policies of one chaincode under one channel configuration. Everything here throws if it cannot be used. */
export class NamespacePolicies {
    readonly #configuration: ChannelConfiguration;
    readonly #definition: ValidationDefinition | undefined;
    #chaincode: Policy | undefined;

    /** `definition`: undefined for the lifecycle itself. */
    constructor(configuration: ChannelConfiguration, definition: ValidationDefinition | undefined) {
        this.#configuration = configuration;
        this.#definition = definition;
    }

    /** Policy of public writes without a policy of their own. */
    chaincode(): Policy {
        this.#chaincode ??=
            this.#definition === undefined
                ? lifecyclePolicy(this.#configuration)
                : this.#application(this.#definition.validationParameter);
        return this.#chaincode;
    }

    /** Policy of writes into a collection; an explicit collection without one follows the chaincode's. */
    collection(name: string): Policy {
        if (name.startsWith(implicitPrefix)) {
            return organisationPolicy(this.#configuration, name.slice(implicitPrefix.length));
        }
        const collection = (this.#definition?.collections.config ?? [])
            .map(({ staticCollectionConfig }) => staticCollectionConfig)
            .find((candidate) => candidate?.name === name);
        if (!collection) {
            throw new Error(`collection ${name} is not defined`);
        }
        return collection.endorsementPolicy ? this.#application(collection.endorsementPolicy) : this.chaincode();
    }

    #application(policy: Uint8Array | common.ApplicationPolicy.$Properties): Policy {
        const { policies, msps } = this.#configuration;
        return applicationPolicy(policy, policies, msps);
    }
}

/** Definitions are endorsed by LifecycleEndorsement, without it by members of most organisations. */
function lifecyclePolicy({ policies, msps, application }: ChannelConfiguration): Policy {
    const configured = policies.get('/Channel/Application/LifecycleEndorsement');
    if (configured !== undefined) {
        return configured;
    }
    const mspIds = application.organisations.map(({ mspId }) => mspId).sort();
    return signaturePolicy(membersOf(mspIds, Math.floor(mspIds.length / 2) + 1), msps);
}

/** Writes into an organisation's own collection need that organisation's endorsement only. */
function organisationPolicy({ policies, msps, application }: ChannelConfiguration, mspId: string): Policy {
    const organisation = application.organisations.find((candidate) => candidate.mspId === mspId);
    if (organisation === undefined) {
        throw new Error(`no org found in channel with MSPID '${mspId}'`);
    }
    const configured = policies.get(`/Channel/Application/${organisation.name}/Endorsement`);
    return configured ?? signaturePolicy(membersOf([mspId], 1), msps);
}

function membersOf(mspIds: readonly string[], n: number): common.SignaturePolicyEnvelope.$Properties {
    return {
        rule: { nOutOf: { n, rules: mspIds.map((_mspId, index) => ({ signedBy: index })) } },
        identities: mspIds.map((mspIdentifier) => ({
            principal: encode(common.MSPRole, { mspIdentifier, role: memberRole }),
        })),
    };
}
