// SPDX-License-Identifier: Apache-2.0
import { approval, approvalState, fourEyesTransaction } from '../compliance/approval.js';
import { holder, tier, verifyHolderIntent } from '../compliance/holder.js';
import { measure, restriction, restrictionState } from '../compliance/restrictionRecords.js';
import { digest } from '../encoding/byteCodec.js';
import { object } from '../encoding/codec.js';
import { holderId, proposalId, requestId, restrictionId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { credentialErrors, intentErrors, signedIntent } from './signedIntent.js';

const secondPersonErrors = ['SECOND_ORGANISATION_NEEDED', 'SECOND_PERSON_NEEDED'] as const;

export const complianceTransactions = {
    'Compliance:VerifyHolder': submit({
        summary: "Gives a holder a KYC tier until a time, on an accredited verifier's signed word.",
        arguments: signedIntent(verifyHolderIntent),
        result: holder,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'NONCE_MISMATCH',
            ...credentialErrors,
            'VERIFIER_IS_SUBJECT',
            'HOLDER_NOT_FOUND',
            'VERIFICATION_EXPIRY_INVALID',
        ],
        events: ['HolderVerified'],
    }),
    'Compliance:ProposeRestriction': submit({
        summary: 'Proposes a freeze or a sanction; nothing is restricted until another organisation confirms it.',
        arguments: object({ requestId, restrictionId, measure, expiresAt: instant }),
        result: restriction,
        roles: ['compliance'],
        errors: ['HOLDER_NOT_FOUND', 'RESTRICTION_EXISTS', 'RESTRICTION_EXPIRY_INVALID'],
        events: ['RestrictionProposed'],
    }),
    'Compliance:ConfirmRestriction': submit({
        summary: "Puts another organisation's proposed restriction in force, within a day.",
        arguments: object({ requestId, restrictionId, holderId }),
        result: restriction,
        roles: ['compliance'],
        errors: ['RESTRICTION_NOT_FOUND', 'RESTRICTION_NOT_PROPOSED', ...secondPersonErrors, 'RESTRICTIONS_TOO_MANY'],
        events: ['RestrictionConfirmed'],
    }),
    'Compliance:LiftRestriction': submit({
        summary: 'Ends a restriction early, or withdraws its proposal: either organisation that stands by it can.',
        arguments: object({ requestId, restrictionId, holderId }),
        result: restriction,
        roles: ['compliance'],
        errors: ['RESTRICTION_NOT_FOUND', 'RESTRICTION_ENDED', 'RESTRICTION_NOT_OWNED'],
        events: ['RestrictionLifted'],
    }),
    'Compliance:LiftByMandate': submit({
        summary: 'Ends a restriction on appeal, citing the executed vote that says so.',
        arguments: object({ requestId, restrictionId, holderId, proposalId }),
        result: restriction,
        roles: ['member'],
        errors: [
            'PROPOSAL_NOT_FOUND',
            'MANDATE_NOT_IN_FORCE',
            'MANDATE_FOR_ANOTHER_ACTION',
            'RESTRICTION_NOT_FOUND',
            'RESTRICTION_ENDED',
        ],
        events: ['RestrictionLifted'],
    }),
    'Compliance:ProposeOperation': submit({
        summary: 'Proposes one command above the four-eyes limit, by its digest.',
        arguments: object({
            requestId,
            transaction: fourEyesTransaction,
            commandDigest: digest,
            expiresAt: instant,
        }),
        result: approval,
        roles: ['member'],
        errors: ['APPROVAL_EXISTS', 'APPROVAL_EXPIRY_INVALID'],
        events: ['OperationProposed'],
    }),
    'Compliance:ApproveOperation': submit({
        summary: 'Approves a proposed command as another person of another organisation.',
        arguments: object({ requestId, commandDigest: digest }),
        result: approval,
        roles: ['compliance'],
        errors: ['APPROVAL_NOT_FOUND', 'APPROVAL_NOT_IN_STATE', ...secondPersonErrors],
        events: ['OperationApproved'],
    }),
    'Compliance:WithdrawOperation': submit({
        summary: 'Takes back a command that the own organisation proposed and nobody has carried out.',
        arguments: object({ requestId, commandDigest: digest }),
        result: approval,
        roles: ['member'],
        errors: ['APPROVAL_NOT_FOUND', 'APPROVAL_NOT_IN_STATE', 'APPROVAL_NOT_OWNED'],
        events: ['OperationWithdrawn'],
    }),
    'Compliance:DescribeHolder': evaluate({
        summary: 'One holder: its custodian, how it was verified, and the tier that counts now.',
        arguments: object({ holderId }),
        result: object({ holder, tier }),
        errors: ['HOLDER_NOT_FOUND'],
    }),
    'Compliance:ListHolders': evaluate({
        summary: 'A page of the holders in order of their ids.',
        arguments: object(pageRequest),
        result: pageOf(holder),
        errors: [],
    }),
    'Compliance:ListRestrictions': evaluate({
        summary: 'A page of all restrictions there ever were, in order of their ids, with where each stands.',
        arguments: object(pageRequest),
        result: pageOf(object({ restriction, state: restrictionState })),
        errors: [],
    }),
    'Compliance:ListOperations': evaluate({
        summary: 'A page of the commands ever proposed for approval, in order of their digests.',
        arguments: object(pageRequest),
        result: pageOf(object({ approval, state: approvalState })),
        errors: [],
    }),
} as const;
