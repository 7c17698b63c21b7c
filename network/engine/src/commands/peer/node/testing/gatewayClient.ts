// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import * as grpc from '@grpc/grpc-js';
import { connect, hash, type Gateway } from '@hyperledger/fabric-gateway';
import { loadLocalMsp } from '../../../../identity/localMsp.js';
import { parsePolicyText } from '../../../../policy/policyText.js';
import { encode } from '../../../../wire/decode.js';
import { common, lifecycle, msp, type protos } from '../../../../wire/protobuf.js';
import { untilSameHeight } from './heights.js';
import type { MemberNode } from './memberNode.js';
import { channelId } from './testNetwork.js';

export interface GatewayClient {
    readonly gateway: Gateway;
    close(): void;
}

/** Whose client connects to which peer. */
interface GatewayAccess {
    readonly mspId: string;
    readonly mspFolder: string;
    readonly peerAddress: string;
    readonly tlsRootFile: string;
}

/** The npm gateway client as a user or administrator of the member, connected to the member's peer. */
export function connectGateway(member: MemberNode, as: 'user' | 'admin' = 'user'): GatewayClient {
    return connectGatewayAt({
        mspId: member.mspId,
        mspFolder: member.authority.mspFolder(as),
        peerAddress: `localhost:${String(member.port)}`,
        tlsRootFile: member.authority.tlsRootFile,
    });
}

/** As above, for any identity and peer. */
export function connectGatewayAt({ mspId, mspFolder, peerAddress, tlsRootFile }: GatewayAccess): GatewayClient {
    const { signer } = loadLocalMsp(mspFolder, mspId);
    const { idBytes } = msp.SerializedIdentity.decode(signer.serialized);
    const client = new grpc.Client(peerAddress, grpc.credentials.createSsl(readFileSync(tlsRootFile)));
    const gateway = connect({
        client,
        hash: hash.none,
        identity: { mspId, credentials: idBytes },
        signer: (message) => Promise.resolve(signer.sign(message)),
    });
    return {
        gateway,
        close: () => {
            gateway.close();
            client.close();
        },
    };
}

/** Installs, approves for every member and commits the recorded chaincode under a name; `policy` in Fabric's notation. */
export async function deployChaincode(
    members: readonly MemberNode[],
    name: string,
    policy: string,
    collections: readonly protos.StaticCollectionConfig.$Properties[] = [],
    channel = channelId,
): Promise<void> {
    const definition = {
        sequence: 1,
        name,
        version: '1.0',
        endorsementPlugin: 'escc',
        validationPlugin: 'vscc',
        validationParameter: encode(common.ApplicationPolicy, { signaturePolicy: parsePolicyText(policy) }),
        collections: { config: collections.map((staticCollectionConfig) => ({ staticCollectionConfig })) },
    };
    for (const member of members) {
        // One package serves every channel and every name.
        const packageId = await member.installOnce();
        await lifecycleTransaction(
            channel,
            member,
            'ApproveChaincodeDefinitionForMyOrg',
            [member.mspId],
            encode(lifecycle.ApproveChaincodeDefinitionForMyOrgArgs, {
                ...definition,
                source: { localPackage: { packageId } },
            }),
        );
    }
    // The commit is endorsed by every member, on the approvals that its own peer has committed.
    await untilSameHeight(members, channel);
    const [first] = members;
    if (first === undefined) throw new Error('a network has members');
    const all = members.map(({ mspId }) => mspId);
    const args = encode(lifecycle.CommitChaincodeDefinitionArgs, definition);
    await lifecycleTransaction(channel, first, 'CommitChaincodeDefinition', all, args);
}

async function lifecycleTransaction(
    channel: string,
    member: MemberNode,
    name: string,
    endorsingOrganizations: string[],
    args: Uint8Array,
): Promise<void> {
    const { gateway, close } = connectGateway(member, 'admin');
    try {
        await gateway
            .getNetwork(channel)
            .getContract('_lifecycle')
            .submit(name, { arguments: [args], endorsingOrganizations });
    } finally {
        close();
    }
}
