// SPDX-License-Identifier: Apache-2.0
import type { AttesterRole } from './role.js';

/** What the founding agreement gives an organisation; the regulator has no vote, no attester role and no business writes. */
export interface FoundingParticipant {
    readonly mspId: string;
    readonly participantId: string;
    readonly kind: 'member' | 'regulator';
    readonly attesterRole: AttesterRole | null;
    readonly isIssuer: boolean;
    readonly votingWeight: bigint;
}

export interface Founding {
    /** Binds signed messages to this network, so that they mean nothing on another one. */
    readonly network: string;
    readonly participants: readonly FoundingParticipant[];
}

/**
 * The founding agreement. It is code on purpose: the organisations agree on it by approving the chaincode package,
 * which is the one thing Fabric makes each of them sign. Later members enter by governance.
 */
export const founding: Founding = {
    network: 'power-test',
    participants: [
        member('AuthorityMSP', 'authority', 'ops', false),
        member('CentralBankMSP', 'centralbank', 'risk', true),
        member('CooperativeMSP', 'cooperative', 'data', false),
        {
            mspId: 'RegulatorMSP',
            participantId: 'regulator',
            kind: 'regulator',
            attesterRole: null,
            isIssuer: false,
            votingWeight: 0n,
        },
    ],
};

function member(mspId: string, participantId: string, role: AttesterRole, isIssuer: boolean): FoundingParticipant {
    return { mspId, participantId, kind: 'member', attesterRole: role, isIssuer, votingWeight: 1n };
}
