// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../channel/channelConfiguration.js';
import type { Identity } from '../identity/identity.js';
import type { Msp } from '../identity/msp.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import type { SignedData } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import { common, msp, protos } from '../wire/protobuf.js';
import { channelDefaults, localDefaults, type LocalPolicy } from './accessDefaults.js';
import type { PeerChannel } from './peerChannels.js';

/** A caller who may not use a resource; the text is Fabric's. */
export class AccessDeniedError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = 'AccessDeniedError';
    }
}

interface AccessControlOptions {
    readonly channels: { get(channelId: string): Pick<PeerChannel, 'configuration'> | undefined };
    /** MSP of the peer's own organisation. */
    readonly localMsp: Msp;
}

/**
 * Decides who may use which resource of the peer (core/aclmgmt). Resources of the peer itself belong to its own
 * organisation; those of a channel follow the channel's ACLs, else Fabric's default policies.
 */
export class AccessControl {
    readonly #channels: AccessControlOptions['channels'];
    readonly #localMsp: Msp;

    constructor({ channels, localMsp }: AccessControlOptions) {
        this.#channels = channels;
        this.#localMsp = localMsp;
    }

    /** Throws AccessDeniedError. A proposal's signature covers its bytes and is claimed by its creator. */
    checkAcl(resource: string, channelId: string, signed: protos.SignedProposal.$Properties | SignedData): void {
        const local = localDefaults.get(resource);
        if (local !== undefined) {
            this.checkLocal(local, signedDataOf(signed));
            return;
        }
        const configuration = this.#channels.get(channelId)?.configuration();
        const override = configuration?.application.acls.get(resource);
        if (configuration !== undefined && override !== undefined) {
            checkOverride(configuration, override, signedDataOf(signed));
            return;
        }
        const policyName = channelDefaults.get(resource);
        if (policyName === undefined) {
            throw new AccessDeniedError(`Unmapped policy for ${resource}`);
        }
        if (configuration === undefined) {
            throw new AccessDeniedError(`Failed to get policy manager for channel [${channelId}]`);
        }
        checkDefault(configuration, policyName, signedDataOf(signed));
    }

    /** Throws AccessDeniedError unless an administrator, or a member, of the peer's own organisation signed. */
    checkLocal(policy: LocalPolicy, { data, identity, signature }: SignedData): void {
        const context = `during channelless check policy with policy [${policy}]`;
        const creator = refuseWith(`Failed deserializing proposal creator ${context}`, () =>
            readLocalIdentity(this.#localMsp, identity),
        );
        refuseWith(`Failed verifying that proposal's creator satisfies local MSP principal ${context}`, () => {
            this.#localMsp.satisfiesPrincipal(creator, rolePrincipal(this.#localMsp.mspId, policy));
        });
        if (!creator.verify(data, signature)) {
            throw new AccessDeniedError(`Failed verifying proposal's signature ${context}: [The signature is invalid]`);
        }
    }
}

function checkOverride(configuration: ChannelConfiguration, name: string, signed: SignedData): void {
    const policy = configuration.policies.get(name);
    if (policy === undefined) {
        throw new AccessDeniedError(`policy ${name} not found`);
    }
    refuseWith(`failed evaluating policy on signed data during check policy [${name}]`, () => {
        policy.evaluate([signed]);
    });
}

function checkDefault(configuration: ChannelConfiguration, name: string, signed: SignedData): void {
    const { channelId, policies } = configuration;
    const context = `Failed evaluating policy on signed data during check policy on channel [${channelId}] with policy`;
    refuseWith(`${context} [${name}]`, () => {
        policies.getOrReject(name).evaluate([signed]);
    });
}

function rolePrincipal(mspId: string, policy: LocalPolicy): common.MSPPrincipal.$Properties {
    const adminRole = 1;
    return {
        principal: encode(common.MSPRole, {
            mspIdentifier: mspId,
            ...(policy === 'Admins' && { role: adminRole }),
        }),
    };
}

function readLocalIdentity(localMsp: Msp, serialized: Buffer): Identity {
    const { mspid, idBytes } = decode(msp.SerializedIdentity, serialized, 'SerializedIdentity');
    if (mspid !== localMsp.mspId) {
        throw new AccessDeniedError(`expected MSP ID ${localMsp.mspId}, received ${mspid}`);
    }
    return localMsp.deserialize(idBytes, serialized);
}

function signedDataOf(signed: protos.SignedProposal.$Properties | SignedData): SignedData {
    if ('data' in signed) {
        return signed;
    }
    const data = asBuffer(signed.proposalBytes);
    return { data, identity: creatorOf(data), signature: asBuffer(signed.signature) };
}

function creatorOf(proposalBytes: Buffer): Buffer {
    const proposal = decode(protos.Proposal, proposalBytes, 'Proposal');
    const header = decode(common.Header, proposal.header, 'Header');
    return asBuffer(decode(common.SignatureHeader, header.signatureHeader, 'SignatureHeader').creator);
}

function refuseWith<T>(context: string, check: () => T): T {
    try {
        return check();
    } catch (cause) {
        throw new AccessDeniedError(`${context}: [${errorText(cause)}]`, { cause });
    }
}
