// SPDX-License-Identifier: Apache-2.0
import { bundleId } from '../certificate/bundleId.js';
import { bundleCountMax, bundleStatus, certificateBundle, foreignEntry } from '../certificate/certificateBundle.js';
import { certificateChange } from '../certificate/certificateChange.js';
import {
    claimCertificatesIntent,
    issueCertificatesIntent,
    lockCertificatesIntent,
    releaseCertificatesIntent,
    reserveCertificatesIntent,
    splitCertificateIntent,
    takeCertificatesIntent,
    transferCertificatesIntent,
    unlockCertificatesIntent,
    withdrawCertificatesIntent,
} from '../certificate/certificateIntents.js';
import { energyStates } from '../certificate/lifeOfInterval.js';
import { list, object } from '../encoding/codec.js';
import { facilityId, requestId, walletId } from '../encoding/identifier.js';
import { positiveEnergyWh } from '../encoding/quantityCodec.js';
import { intervalEnergy } from '../energy/energyAccounts.js';
import type { ErrorCode } from '../error/errorDetails.js';
import { intervalStart } from '../time/meteringInterval.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { approvalErrors, builtInPayeeErrors, intentErrors, payerErrors, signedIntent } from './signedIntent.js';

const bundleFacts = object({
    bundleIds: list(bundleId, 96, 1),
    /** Of all of them. */
    energyWh: positiveEnergyWh,
});

/** What became of the bundles that a transaction named or made. */
const certificateReceipt = object({
    bundleIds: list(bundleId, 96, 1),
    energyWh: positiveEnergyWh,
    certificateBundleStatus: bundleStatus,
    accountId: walletId,
});

/** Most bundles, and most changes, that one answer tells of an interval. */
export const intervalRowsMax = 5_000;

/** The whole life of one facility's metering interval. */
const intervalLife = object({
    energy: intervalEnergy,
    states: energyStates,
    bundles: list(certificateBundle, intervalRowsMax),
    changes: list(certificateChange, intervalRowsMax),
});

/** Guards of who signs for energy of a facility, in order. */
export const facilityErrors: readonly ErrorCode[] = [
    ...payerErrors,
    'NONCE_MISMATCH',
    'WALLET_CLOSED',
    'FACILITY_NOT_FOUND',
    'FACILITY_NOT_YOURS',
    'ENTITY_NOT_FOUND',
    'ENTITY_NOT_ACTIVE',
    'FACILITY_TYPE_MISMATCH',
];

/** Guards of what is certified, in order. */
export const allocationErrors: readonly ErrorCode[] = [
    'INTERVAL_NOT_OF_DAY',
    'INTERVAL_REPEATED',
    'ENERGY_NOT_VERIFIED',
    'ENERGY_ALLOCATED',
];

/** Guards of the bundles that are named, in order. */
export const bundleErrors: readonly ErrorCode[] = [
    'CERTIFICATE_REPEATED',
    'CERTIFICATE_NOT_FOUND',
    'CERTIFICATE_NOT_YOURS',
    'CERTIFICATE_STATUS_MISMATCH',
];
const namedErrors: readonly ErrorCode[] = [...intentErrors, ...payerErrors, 'NONCE_MISMATCH', ...bundleErrors];
const ownerErrors: readonly ErrorCode[] = [...namedErrors, 'CERTIFICATE_EXPIRED'];
const receiverErrors: readonly ErrorCode[] = [...ownerErrors, 'TRANSFER_TO_SELF', ...builtInPayeeErrors];

export const certificateTransactions = {
    'Certificate:Issue': submit({
        summary: "Certifies verified energy of the entity's facility: a bundle for each metering interval.",
        arguments: signedIntent(issueCertificatesIntent),
        result: certificateReceipt,
        roles: ['member'],
        errors: [...intentErrors, ...facilityErrors, ...allocationErrors],
        events: ['CertificatesIssued'],
    }),
    'Certificate:Split': submit({
        summary: 'Divides a bundle into consecutive parts that add up to it.',
        arguments: signedIntent(splitCertificateIntent),
        result: object({ bundleId, splitInto: list(bundleId, bundleCountMax, 2) }),
        roles: ['member'],
        errors: [...namedErrors, 'CERTIFICATE_SPLIT_INVALID'],
        events: ['CertificateSplit'],
    }),
    'Certificate:Transfer': submit({
        summary: 'Gives certificates to another wallet.',
        arguments: signedIntent(transferCertificatesIntent),
        result: certificateReceipt,
        roles: ['member'],
        errors: receiverErrors,
        events: ['CertificatesTransferred'],
    }),
    'Certificate:Reserve': submit({
        summary: 'Keeps certificates for another wallet, which can take them until a time.',
        arguments: signedIntent(reserveCertificatesIntent),
        result: certificateReceipt,
        roles: ['member'],
        errors: [...receiverErrors, 'CERTIFICATE_RESERVATION_INVALID'],
        events: ['CertificatesReserved'],
    }),
    'Certificate:Take': submit({
        summary: 'The wallet that certificates are kept for takes them.',
        arguments: signedIntent(takeCertificatesIntent),
        result: certificateReceipt,
        roles: ['member'],
        errors: [...ownerErrors, 'CERTIFICATE_IN_DELIVERY', 'CERTIFICATE_RESERVATION_ENDED', 'WALLET_CLOSED'],
        events: ['CertificatesTransferred'],
    }),
    'Certificate:Release': submit({
        summary: 'Ends a reservation: whom it is for at any time, the owner once it has ended.',
        arguments: signedIntent(releaseCertificatesIntent),
        result: certificateReceipt,
        roles: ['member'],
        errors: [...namedErrors, 'CERTIFICATE_IN_DELIVERY', 'CERTIFICATE_RESERVATION_OPEN'],
        events: ['CertificatesReleased'],
    }),
    'Certificate:Claim': submit({
        summary: 'Uses certificates for a beneficiary, for good.',
        arguments: signedIntent(claimCertificatesIntent),
        result: certificateReceipt,
        roles: ['member'],
        errors: ownerErrors,
        events: ['CertificatesClaimed'],
    }),
    'Certificate:Lock': submit({
        summary: 'Locks certificates behind Power Credits, as contracted reserve.',
        arguments: signedIntent(lockCertificatesIntent),
        result: certificateReceipt,
        roles: ['member'],
        errors: [...ownerErrors, 'AMOUNT_OVERFLOW'],
        events: ['CertificatesLocked'],
    }),
    'Certificate:Unlock': submit({
        summary: 'Frees locked certificates, unless the reserve that is left would not cover the credits it has to.',
        arguments: signedIntent(unlockCertificatesIntent),
        result: certificateReceipt,
        roles: ['member'],
        errors: [...namedErrors, 'RESERVE_NEEDED'],
        events: ['CertificatesUnlocked'],
    }),
    'Certificate:Withdraw': submit({
        summary: 'Sends certificates to another registry, which certifies the energy from then on.',
        arguments: signedIntent(withdrawCertificatesIntent),
        result: certificateReceipt,
        roles: ['member'],
        errors: ownerErrors,
        events: ['CertificatesWithdrawn'],
    }),
    'Certificate:Reissue': submit({
        summary:
            'Takes withdrawn certificates back that the other registry has cancelled; two organisations vouch for it.',
        arguments: object({
            requestId,
            bundleIds: list(bundleId, bundleCountMax, 1),
            to: walletId,
            cancellation: foreignEntry,
        }),
        result: certificateReceipt,
        roles: ['delegate'],
        errors: [
            'CERTIFICATE_REPEATED',
            'CERTIFICATE_NOT_FOUND',
            ...builtInPayeeErrors,
            'CERTIFICATE_STATUS_MISMATCH',
            'CERTIFICATE_REGISTRY_MISMATCH',
            'CANCELLATION_USED',
            ...approvalErrors,
        ],
        events: ['ApprovalUsed', 'CertificatesReissued'],
    }),
    'Certificate:Expire': submit({
        summary: 'Ends certificates that nobody used in time.',
        arguments: object({ requestId, bundleIds: list(bundleId, bundleCountMax, 1) }),
        result: bundleFacts,
        roles: ['member'],
        errors: [
            'CERTIFICATE_REPEATED',
            'CERTIFICATE_NOT_FOUND',
            'CERTIFICATE_STATUS_MISMATCH',
            'CERTIFICATE_IN_DELIVERY',
            'CERTIFICATE_NOT_EXPIRED',
        ],
        events: ['CertificatesExpired'],
    }),
    'Certificate:Describe': evaluate({
        summary: 'One bundle, whatever became of it.',
        arguments: object({ bundleId }),
        result: certificateBundle,
        errors: ['CERTIFICATE_NOT_FOUND'],
    }),
    'Certificate:DescribeInterval': evaluate({
        summary: 'The life of every watt-hour of one facility and metering interval, with all transactions.',
        arguments: object({ facilityId, start: intervalStart }),
        result: intervalLife,
        errors: ['ENERGY_NOT_VERIFIED', 'QUERY_TOO_LARGE'],
    }),
    'Certificate:ListHoldings': evaluate({
        summary: 'A page of the certificates that a wallet can use, or has reserved or locked.',
        arguments: object({ walletId, ...pageRequest }),
        result: pageOf(certificateBundle),
        errors: [],
    }),
    'Certificate:ListOfFacility': evaluate({
        summary: 'A page of the certificates there ever were of a facility, in order of time.',
        arguments: object({ facilityId, ...pageRequest }),
        result: pageOf(certificateBundle),
        errors: [],
    }),
} as const;
