// SPDX-License-Identifier: Apache-2.0
import { digest, publicKey } from '../encoding/byteCodec.js';
import { freeText, list, nullable, object, text } from '../encoding/codec.js';
import { holderId, participantId, requestId, signerId, walletId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';
import { credential, credentialKind } from '../registry/credential.js';
import { participant, signer } from '../registry/registryRecords.js';
import { attesterRole, callerRole } from '../registry/role.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { credentialErrors } from './signedIntent.js';

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
    'Registry:GrantCredential': submit({
        summary:
            'Accredits a holder as issuer, dealer, provider, verifier or for issuance, or renews what the caller granted.',
        arguments: object({ requestId, holderId, kind: credentialKind, evidence: digest, expiresAt: instant }),
        result: credential,
        roles: ['delegate'],
        errors: ['CREDENTIAL_EXPIRED', 'CREDENTIAL_NOT_OWNED'],
        events: ['CredentialGranted'],
    }),
    'Registry:RevokeCredential': submit({
        summary: 'Ends a credential the caller granted, at once.',
        arguments: object({ requestId, holderId, kind: credentialKind, reason: freeText(200) }),
        result: credential,
        roles: ['delegate'],
        errors: ['CREDENTIAL_MISSING', 'CREDENTIAL_NOT_OWNED', 'CREDENTIAL_REVOKED'],
        events: ['CredentialRevoked'],
    }),
    'Registry:DescribeCredential': evaluate({
        summary: "One holder's credential of one kind, whatever became of it.",
        arguments: object({ holderId, kind: credentialKind }),
        result: credential,
        errors: ['CREDENTIAL_MISSING'],
    }),
    'Registry:CheckCredential': evaluate({
        summary: "Whether a wallet's holder may act as an entity of this kind now: the credential, or why not.",
        arguments: object({ walletId, kind: credentialKind }),
        result: credential,
        errors: [...credentialErrors],
    }),
    'Registry:ListCredentials': evaluate({
        summary: 'A page of the credentials ever granted, in order of their holders.',
        arguments: object(pageRequest),
        result: pageOf(credential),
        errors: [],
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
            roles: list(callerRole, 7),
        }),
        errors: [],
    }),
} as const;
