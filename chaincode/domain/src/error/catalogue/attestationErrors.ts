// SPDX-License-Identifier: Apache-2.0

/** Refusals of an attestation file. */
export interface AttestationErrors {
    ATTESTATION_FILE_INVALID: { field: string; reason: string };
    ATTESTATION_NETWORK_MISMATCH: { network: string; expected: string };
    ATTESTATION_CHANNEL_MISMATCH: { channel: string; expected: string };
    ATTESTATION_DAY_EXISTS: { day: string };
    ATTESTATION_DAY_NOT_AFTER_LAST: { day: string; lastDay: string };
    ATTESTATION_DAY_NOT_OVER: { day: string; today: string };
    ATTESTATION_SEQUENCE_MISMATCH: { sequence: string; expected: string };
    ATTESTATION_PREVIOUS_MISMATCH: { previous: string; expected: string };
    ATTESTATION_CORRECTION_INVALID: { day: string; eic: string; reason: string };
    ATTESTATION_CORRECTION_MISMATCH: { day: string; eic: string; before: string; expected: string };
    ATTESTATION_CORRECTION_EXCEEDS: { measuredWh: string; changeWh: string };
    ATTESTATION_DIGEST_MISMATCH: { digest: string; expected: string };
    ATTESTATION_NUMBER_MISMATCH: { field: string; attested: string; expected: string };
    ATTESTATION_SIGNATURES_INSUFFICIENT: { signaturesOk: number; required: number };
    ATTESTATION_NOT_FOUND: { day: string };
}

export const attestationErrors: Readonly<Record<keyof AttestationErrors, string>> = {
    ATTESTATION_FILE_INVALID: 'The attestation file is not in the documented form. Correct the field named.',
    ATTESTATION_NETWORK_MISMATCH: 'The file attests for another network.',
    ATTESTATION_CHANNEL_MISMATCH: 'The file attests for another channel.',
    ATTESTATION_DAY_EXISTS: 'This day is attested already, and an attestation is never overwritten.',
    ATTESTATION_DAY_NOT_AFTER_LAST: 'Days are attested in order. Attest a day after the last one.',
    ATTESTATION_DAY_NOT_OVER: 'The day is not over yet. Attest it when it is.',
    ATTESTATION_SEQUENCE_MISMATCH: 'The sequence does not follow the last attestation. Plan the day again.',
    ATTESTATION_PREVIOUS_MISMATCH: 'The file is not linked to the last attestation. Plan the day again.',
    ATTESTATION_CORRECTION_INVALID: 'This correction of an earlier day is not allowed. Plan the day again without it.',
    ATTESTATION_CORRECTION_MISMATCH:
        'The ledger holds another energy for that zone and day. Plan the day again from the current state.',
    ATTESTATION_CORRECTION_EXCEEDS:
        'The corrections take away more energy than the day has. Leave some of them to the days that follow.',
    ATTESTATION_DIGEST_MISMATCH: 'The digest is not that of the file. The file was changed after signing.',
    ATTESTATION_NUMBER_MISMATCH: 'The ledger computes another figure. Plan the day again from the current state.',
    ATTESTATION_SIGNATURES_INSUFFICIENT: 'Fewer than two registered signers of distinct role and member signed.',
    ATTESTATION_NOT_FOUND: 'No attestation for this day is on the ledger.',
};
