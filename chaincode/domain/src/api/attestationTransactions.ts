// SPDX-License-Identifier: Apache-2.0
import { attestationBasis, attestationRecord, zoneState } from '../attestation/attestationRecord.js';
import { zoneCountMax } from '../attestation/attestationFile.js';
import { correctedZoneCountMax } from '../attestation/correction.js';
import { list, nullable, object, text } from '../encoding/codec.js';
import { requestId } from '../encoding/identifier.js';
import { day } from '../time/day.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';

/** At most 65,536 UTF-16 units: a hundred zones and nine signatures fit three times. */
const fileText = text(/^[\s\S]{1,65536}$/, 'attestation file');

export const attestationTransactions = {
    'Attestation:Submit': submit({
        summary: 'Records a signed energy day after recomputing every figure in it.',
        arguments: object({ requestId, file: fileText }),
        result: attestationRecord,
        roles: ['member'],
        errors: [
            'ATTESTATION_FILE_INVALID',
            'ATTESTATION_NETWORK_MISMATCH',
            'ATTESTATION_CHANNEL_MISMATCH',
            'ATTESTATION_DAY_EXISTS',
            'ATTESTATION_DAY_NOT_AFTER_LAST',
            'ATTESTATION_DAY_NOT_OVER',
            'ATTESTATION_SEQUENCE_MISMATCH',
            'ATTESTATION_PREVIOUS_MISMATCH',
            'ATTESTATION_CORRECTION_INVALID',
            'ATTESTATION_CORRECTION_MISMATCH',
            'ATTESTATION_CORRECTION_EXCEEDS',
            'ATTESTATION_NUMBER_MISMATCH',
            'ATTESTATION_DIGEST_MISMATCH',
            'ATTESTATION_SIGNATURES_INSUFFICIENT',
            'AMOUNT_OVERFLOW',
        ],
        events: [
            'DayAttested',
            'EnergyCorrected',
            'CoverageFrozen',
            'CoverageRecovered',
            'CoverageAboveBand',
            'CoverageDefence',
        ],
    }),
    'Attestation:Describe': evaluate({
        summary: "One day's attestation.",
        arguments: object({ day }),
        result: attestationRecord,
        errors: ['ATTESTATION_NOT_FOUND'],
    }),
    'Attestation:DescribeLatest': evaluate({
        summary: 'The last attestation, or null before the first.',
        arguments: object({}),
        result: nullable(attestationRecord),
        errors: [],
    }),
    'Attestation:DescribeBasis': evaluate({
        summary: 'What the next attestation has to be planned from and linked to.',
        arguments: object({}),
        result: attestationBasis,
        errors: [],
    }),
    'Attestation:DescribeZones': evaluate({
        summary: 'The energy of each zone of an attested day, as its file had it and as later files corrected it.',
        arguments: object({ day }),
        result: list(zoneState, zoneCountMax + correctedZoneCountMax),
        errors: ['ATTESTATION_NOT_FOUND'],
    }),
    'Attestation:ReadFile': evaluate({
        summary: "One day's attestation file as it was submitted, signatures included.",
        arguments: object({ day }),
        result: object({ file: fileText }),
        errors: ['ATTESTATION_NOT_FOUND'],
    }),
    'Attestation:List': evaluate({
        summary: 'A page of attestations in order of their days.',
        arguments: object(pageRequest),
        result: pageOf(attestationRecord),
        errors: [],
    }),
} as const;
