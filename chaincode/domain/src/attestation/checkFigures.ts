// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from '../encoding/canonicalJson.js';
import type { Json } from '../encoding/json.js';
import { refuse } from '../error/domainError.js';
import { type AttestationFile, attestationFile } from './attestationFile.js';
import type { AttestationBasis } from './attestationRecord.js';
import { attestationFigures } from './prepareAttestation.js';

/**
 * Computes the whole file again from its zones, its corrections and the ledger's own figures, and refuses the first
 * field that differs. Throws ATTESTATION_NUMBER_MISMATCH and ATTESTATION_CORRECTION_EXCEEDS.
 */
export function checkFigures(file: AttestationFile, basis: AttestationBasis): void {
    // Figures are numbers and texts; zones and corrections are the file's own on both sides.
    const computed = attestationFigures(file, basis);
    const fields = Object.keys(computed) as (keyof typeof computed)[];
    const differing = fields.find((field) => file[field] !== computed[field]);
    if (differing === undefined) return;
    const [attested, expected] = [file, { ...file, ...computed }].map((one) => figureText(one, differing));
    refuse('ATTESTATION_NUMBER_MISMATCH', { field: differing, attested: attested ?? '', expected: expected ?? '' });
}

function figureText(file: AttestationFile, field: keyof AttestationFile): string {
    const figure = (attestationFile.encode(file) as Readonly<Record<string, Json>>)[field] ?? null;
    return typeof figure === 'string' ? figure : canonicalJson(figure);
}
