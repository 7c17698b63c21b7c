// SPDX-License-Identifier: Apache-2.0
import { chargeStorageIntent, dischargeStorageIntent } from '../certificate/certificateIntents.js';
import { storageCharge, storageDischarge, storageEfficiency } from '../certificate/storageRecords.js';
import { digest } from '../encoding/byteCodec.js';
import { object } from '../encoding/codec.js';
import { facilityId, requestId, storageRecordId } from '../encoding/identifier.js';
import { ratio } from '../encoding/quantityCodec.js';
import { allocationErrors, bundleErrors, facilityErrors } from './certificateTransactions.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { intentErrors, signedIntent } from './signedIntent.js';

const listArguments = object({ facilityId, ...pageRequest });

export const storageTransactions = {
    'Storage:AttestEfficiency': submit({
        summary: 'The member that vouches for an entity says what its storage gives back of what it takes in.',
        arguments: object({ requestId, facilityId, storageEfficiencyFactor: ratio, evidence: digest }),
        result: storageEfficiency,
        roles: ['delegate'],
        errors: ['FACILITY_NOT_FOUND', 'FACILITY_TYPE_MISMATCH', 'FACILITY_NOT_OWNED', 'STORAGE_EFFICIENCY_INVALID'],
        events: ['StorageEfficiencyAttested'],
    }),
    'Storage:Charge': submit({
        summary: 'Stores energy: its certificates are claimed for the storage.',
        arguments: signedIntent(chargeStorageIntent),
        result: storageCharge,
        roles: ['member'],
        errors: [
            ...intentErrors,
            ...facilityErrors,
            'CERTIFICATE_REPEATED',
            'CERTIFICATE_NOT_FOUND',
            'STORAGE_RECORD_EXISTS',
            'STORAGE_EFFICIENCY_MISSING',
            'STORAGE_EFFICIENCY_INVALID',
            ...bundleErrors.slice(2),
            'CERTIFICATE_EXPIRED',
            'STORAGE_SOURCES_MIXED',
        ],
        events: ['CertificatesClaimed', 'StorageCharged'],
    }),
    'Storage:Discharge': submit({
        summary: 'Certifies verified energy that storage gave back of a charge, by the source of what was stored.',
        arguments: signedIntent(dischargeStorageIntent),
        result: storageDischarge,
        roles: ['member'],
        errors: [
            ...intentErrors,
            ...facilityErrors,
            'STORAGE_RECORD_EXISTS',
            'STORAGE_CHARGE_NOT_FOUND',
            ...allocationErrors,
            'STORAGE_DISCHARGE_TOO_EARLY',
            'STORAGE_CHARGE_EXCEEDED',
        ],
        events: ['CertificatesIssued', 'StorageDischarged'],
    }),
    'Storage:DescribeCharge': evaluate({
        summary: 'One charge: what went in, and what of it came back.',
        arguments: object({ facilityId, chargeId: storageRecordId }),
        result: storageCharge,
        errors: ['STORAGE_CHARGE_NOT_FOUND'],
    }),
    'Storage:ListCharges': evaluate({
        summary: 'A page of the charges of a facility, in order of their ids.',
        arguments: listArguments,
        result: pageOf(storageCharge),
        errors: [],
    }),
    'Storage:ListDischarges': evaluate({
        summary: 'A page of the discharges of a facility, in order of their ids.',
        arguments: listArguments,
        result: pageOf(storageDischarge),
        errors: [],
    }),
} as const;
