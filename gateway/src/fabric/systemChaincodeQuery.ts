// SPDX-License-Identifier: Apache-2.0
import { type PeerSession } from './connection.js';

/** Asks a system chaincode of the own organisation's peers: what others hold is what the answer is compared with. */
export function askSystemChaincode(
    { gateway }: PeerSession,
    channel: string,
    chaincode: string,
    [name = '', ...args]: readonly string[],
): Promise<Uint8Array> {
    return gateway
        .getNetwork(channel)
        .getContract(chaincode)
        .evaluate(name, { arguments: args, endorsingOrganizations: [gateway.getIdentity().mspId] });
}
