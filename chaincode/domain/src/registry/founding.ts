// SPDX-License-Identifier: Apache-2.0
import type { AttesterRole } from './role.js';

/** What the founding agreement gives a member organisation. */
export interface FoundingMember {
    readonly mspId: string;
    readonly participantId: string;
    readonly attesterRole: AttesterRole | null;
    readonly isIssuer: boolean;
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
        member('AuthorityMSP', 'authority', 'ops', false),
        member('CentralBankMSP', 'centralbank', 'risk', true),
        member('CooperativeMSP', 'cooperative', 'data', false),
    ],
};

function member(mspId: string, participantId: string, role: AttesterRole, isIssuer: boolean): FoundingMember {
    return { mspId, participantId, attesterRole: role, isIssuer, votingWeight: 1n };
}
