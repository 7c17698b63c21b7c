// SPDX-License-Identifier: Apache-2.0
import {
    type AttesterRole,
    attesterRoles,
    isDomainError,
    participantId,
    requestId,
    signerId,
    type SignerId,
} from '@power-currency/domain';
import { type AttesterKey } from '../application/attestation.js';
import { type Actor, memberWithRole, type Stage } from './stage.js';

/** Registers the members, and each one's attester key. A network that ran the demo before is left as it is. */
export async function registerMembers(stage: Stage): Promise<readonly AttesterKey[]> {
    for (const member of stage.members) {
        const { name } = member.organisation;
        const request = {
            requestId: requestId.decode(`found-${name}`, 'requestId'),
            participantId: participantId.decode(name, 'participantId'),
            displayName: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        };
        await unless('PARTICIPANT_EXISTS', async () => {
            await stage.settle(await member.admin.registry.registerParticipant(request));
        });
    }
    stage.tell(`members registered: ${stage.members.map(({ organisation }) => organisation.name).join(', ')}`);
    const attesters: AttesterKey[] = [];
    for (const role of attesterRoles) {
        attesters.push(await registerSigner(stage, memberWithRole(stage, role), role));
    }
    return attesters;
}

async function registerSigner(stage: Stage, member: Actor, role: AttesterRole): Promise<AttesterKey> {
    const id: SignerId = signerId.decode(`${member.organisation.name}-${role}`, 'signerId');
    const { publicKey, sign } = stage.key(id);
    const request = { requestId: requestId.decode(`signer-${id}`, 'requestId'), signerId: id, role, publicKey };
    await unless('SIGNER_EXISTS', async () => {
        const { txId, blockNumber } = await stage.settle(await member.admin.registry.registerSigner(request));
        stage.tell(`attester key ${id} registered in block ${blockNumber.toString()} (${txId.slice(0, 12)}…)`);
    });
    return { signerId: id, role, publicKey, sign };
}

async function unless(code: 'PARTICIPANT_EXISTS' | 'SIGNER_EXISTS', act: () => Promise<void>): Promise<void> {
    try {
        await act();
    } catch (error) {
        if (!isDomainError(error, code)) {
            throw error;
        }
    }
}
