// SPDX-License-Identifier: Apache-2.0
import type { AttesterRole } from './role.js';

/** What the founding agreement gives a member organisation. */
export interface FoundingMember {
    readonly mspId: string;
    readonly participantId: string;
    readonly attesterRole: AttesterRole | null;
    /** Issues Power Credits. */
    readonly isIssuer: boolean;
    /** Issues the Treasury Notes the members vote for. */
    readonly isTreasury: boolean;
    readonly votingWeight: bigint;
}

export interface Founding {
    /** Binds signed messages to this network, so that they mean nothing on another one. */
    readonly network: string;
    readonly members: readonly FoundingMember[];
}

/**
 * The founding agreement. It is code on purpose: the organisations agree on it by approving the chaincode package,
 * which is the one thing Fabric makes each of them sign. Any other organisation of the channel, the regulator above
 * all, reads everything and submits nothing.
 */
export const founding: Founding = {
    network: 'power-test',
    members: [
        member('AuthorityMSP', 'authority', 'ops', { isTreasury: true }),
        member('CentralBankMSP', 'centralbank', 'risk', { isIssuer: true }),
        member('CooperativeMSP', 'cooperative', 'data', {}),
    ],
};

function member(
    mspId: string,
    participantId: string,
    attesterRole: AttesterRole,
    offices: Partial<Pick<FoundingMember, 'isIssuer' | 'isTreasury'>>,
): FoundingMember {
    return { mspId, participantId, attesterRole, isIssuer: false, isTreasury: false, votingWeight: 1n, ...offices };
}
