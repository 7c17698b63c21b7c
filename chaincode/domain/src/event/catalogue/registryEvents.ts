// SPDX-License-Identifier: Apache-2.0
import { object, text } from '../../encoding/codec.js';
import { participantId, signerId } from '../../encoding/identifier.js';
import { attesterRole } from '../../registry/role.js';

export const registryEvents = {
    ParticipantRegistered: object({ participantId, mspId: text(/^[A-Za-z0-9._-]{1,64}$/, 'MSP id') }),
    SignerRegistered: object({ signerId, participantId, role: attesterRole }),
    SignerRevoked: object({ signerId, participantId }),
} as const;
