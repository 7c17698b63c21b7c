// SPDX-License-Identifier: Apache-2.0
import { isDomainError } from '@power-currency/domain';
import { Failure, type FailureCode } from '../application/failure.js';

/** Exit codes of `power`, as its help documents them. */
export const ExitCode = {
    Ok: 0,
    /** A defect of this program. */
    Internal: 1,
    /** A check did not pass: a certificate ends within 30 days, an attestation lacks signatures. */
    CheckFailed: 2,
    /** An argument, option or file is wrong. */
    Usage: 3,
    /** What was asked for does not exist. */
    NotFound: 4,
    /** The ledger's rules refuse it. */
    Refused: 5,
    /** A peer, a CA or the energy platform cannot be reached, or the outcome is unknown. */
    Unavailable: 6,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export const exitCodeHelp = `
Exit codes:
  0  done
  1  a fault of this program
  2  a check did not pass (certificate ends within 30 days, attestation not verified)
  3  an argument, option or file is wrong
  4  what was asked for does not exist
  5  the ledger's rules refuse it
  6  a peer, a CA or the energy platform cannot be reached, or the outcome is unknown`;

const byCode: Readonly<Record<FailureCode, ExitCode>> = {
    XML_TOO_LARGE: ExitCode.Usage,
    XML_FORBIDDEN: ExitCode.Usage,
    XML_TOO_DEEP: ExitCode.Usage,
    XML_MALFORMED: ExitCode.Usage,
    ENERGY_DOCUMENT_UNKNOWN: ExitCode.Usage,
    ENERGY_DOCUMENT_INVALID: ExitCode.Usage,
    ENERGY_NO_DATA: ExitCode.NotFound,
    ENERGY_DAY_INCOMPLETE: ExitCode.NotFound,
    ENERGY_DAY_OVERLAP: ExitCode.Usage,
    ENERGY_ZONE_UNKNOWN: ExitCode.NotFound,
    ENERGY_ZONE_REPEATED: ExitCode.Usage,
    ENERGY_FILE_INVALID: ExitCode.Usage,
    SOURCE_FILE_INVALID: ExitCode.Usage,
    SOURCE_MISMATCH: ExitCode.Usage,
    REPORT_CHAIN_BROKEN: ExitCode.CheckFailed,
    ENTSOE_TOKEN_MISSING: ExitCode.Usage,
    ENTSOE_REFUSED: ExitCode.Unavailable,
    ENTSOE_UNAVAILABLE: ExitCode.Unavailable,
    CONFIG_INVALID: ExitCode.Usage,
    CONTEXT_UNKNOWN: ExitCode.NotFound,
    IDENTITY_INVALID: ExitCode.Usage,
    BROKER_UNREACHABLE: ExitCode.Unavailable,
    KEY_FILE_INVALID: ExitCode.Usage,
    FILE_NOT_FOUND: ExitCode.NotFound,
    FILE_EXISTS: ExitCode.Usage,
    FILE_TOO_LARGE: ExitCode.Usage,
    FILE_UNUSABLE: ExitCode.Usage,
    INPUT_INVALID: ExitCode.Usage,
    INTENT_FILE_INVALID: ExitCode.Usage,
    STATEMENT_MISMATCH: ExitCode.CheckFailed,
    ATTESTATION_NOT_VERIFIED: ExitCode.CheckFailed,
    CA_REFUSED: ExitCode.Unavailable,
    FABRIC_UNAVAILABLE: ExitCode.Unavailable,
    FABRIC_DEADLINE: ExitCode.Unavailable,
    FABRIC_REFUSED: ExitCode.Unavailable,
    FABRIC_ENDORSERS_DISAGREE: ExitCode.Unavailable,
    FABRIC_TRANSACTION_INVALID: ExitCode.Unavailable,
    FABRIC_CONFLICT_PERSISTS: ExitCode.Unavailable,
    FABRIC_OUTCOME_UNKNOWN: ExitCode.Unavailable,
    CHAINCODE_UNEXPECTED: ExitCode.Unavailable,
    NOT_FOUND: ExitCode.NotFound,
    BLOCKS_DAMAGED: ExitCode.CheckFailed,
    JOBS_RUNNING: ExitCode.Unavailable,
    DEMO_STEP_FAILED: ExitCode.CheckFailed,
};

export function exitCodeOf(error: unknown): ExitCode {
    if (error instanceof Failure) {
        return byCode[error.code as FailureCode];
    }
    if (isDomainError(error, 'INVALID_ARGUMENT')) {
        return ExitCode.Usage;
    }
    if (isDomainError(error)) {
        return error.code.endsWith('_NOT_FOUND') ? ExitCode.NotFound : ExitCode.Refused;
    }
    return ExitCode.Internal;
}
