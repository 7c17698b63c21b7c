// SPDX-License-Identifier: Apache-2.0
import { publicKey } from '../encoding/byteCodec.js';
import { freeText, list, nullable, object, text } from '../encoding/codec.js';
import { participantId, requestId, signerId } from '../encoding/identifier.js';
import { participant, signer } from '../registry/registryRecords.js';
import { attesterRole, callerRole } from '../registry/role.js';
import { evaluate, submit } from './definition.js';

export const registryTransactions = {
    'Registry:RegisterParticipant': submit({
        summary: "Registers the caller's own organisation, as the founding agreement names it.",
        arguments: object({ requestId, participantId, displayName: freeText(80) }),
        result: participant,
        roles: ['registrar'],
        errors: ['PARTICIPANT_ID_MISMATCH', 'PARTICIPANT_EXISTS'],
        events: ['ParticipantRegistered'],
    }),
    'Registry:RegisterSigner': submit({
        summary: "Registers an Ed25519 key of the caller's organisation that signs attestations in one role.",
        arguments: object({ requestId, signerId, role: attesterRole, publicKey }),
        result: signer,
        roles: ['registrar'],
        errors: [
            'PARTICIPANT_NOT_FOUND',
            'SIGNER_ROLE_NOT_HELD',
            'KEY_NOT_CANONICAL',
            'KEY_SMALL_ORDER',
            'KEY_NOT_ON_CURVE',
            'SIGNER_EXISTS',
            'KEY_ALREADY_USED',
        ],
        events: ['SignerRegistered'],
    }),
    'Registry:RevokeSigner': submit({
        summary: "Ends the validity of one of the caller's organisation's signers, for good.",
        arguments: object({ requestId, signerId }),
        result: signer,
        roles: ['registrar'],
        errors: ['PARTICIPANT_NOT_FOUND', 'SIGNER_NOT_FOUND', 'SIGNER_NOT_OWNED', 'SIGNER_REVOKED'],
        events: ['SignerRevoked'],
    }),
    'Registry:DescribeParticipant': evaluate({
        summary: 'One participant.',
        arguments: object({ participantId }),
        result: participant,
        errors: ['PARTICIPANT_NOT_FOUND'],
    }),
    'Registry:ListParticipants': evaluate({
        summary: 'All registered participants.',
        arguments: object({}),
        result: list(participant, 100),
        errors: [],
    }),
    'Registry:ListSigners': evaluate({
        summary: 'All signers ever registered, revoked ones included.',
        arguments: object({}),
        result: list(signer, 1000),
        errors: ['QUERY_TOO_LARGE'],
    }),
    'Registry:WhoAmI': evaluate({
        summary: 'The caller as the ledger sees it.',
        arguments: object({}),
        result: object({
            mspId: text(/^.{1,64}$/, 'MSP id'),
            enrolmentId: freeText(256),
            participantId: nullable(participantId),
            roles: list(callerRole, 5),
        }),
        errors: [],
    }),
} as const;
