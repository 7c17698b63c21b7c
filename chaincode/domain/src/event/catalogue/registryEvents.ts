// SPDX-License-Identifier: Apache-2.0
import { freeText, object, text } from '../../encoding/codec.js';
import { holderId, participantId, signerId } from '../../encoding/identifier.js';
import { instant } from '../../encoding/quantityCodec.js';
import { credentialKind } from '../../registry/credential.js';
import { attesterRole } from '../../registry/role.js';

export const registryEvents = {
    ParticipantRegistered: object({ participantId, mspId: text(/^[A-Za-z0-9._-]{1,64}$/, 'MSP id') }),
    SignerRegistered: object({ signerId, participantId, role: attesterRole }),
    SignerRevoked: object({ signerId, participantId }),
    CredentialGranted: object({ holderId, kind: credentialKind, participantId, expiresAt: instant }),
    CredentialRevoked: object({ holderId, kind: credentialKind, participantId, reason: freeText(200) }),
} as const;
