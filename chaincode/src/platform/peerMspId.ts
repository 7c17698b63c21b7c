// SPDX-License-Identifier: Apache-2.0

/** The organisation whose peer this process serves, by Fabric's own name for it (fabric-shim, getMspID). */
export function peerMspId(): string {
    // eslint-disable-next-line chaincode/no-environment -- it can only make this endorser refuse
    return process.env.CORE_PEER_LOCALMSPID ?? '';
}
