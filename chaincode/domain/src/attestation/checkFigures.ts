// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from '../encoding/canonicalJson.js';
import type { Json } from '../encoding/json.js';
import { refuse } from '../error/domainError.js';
import type { Sha256 } from '../signature/primitives.js';
import { type AttestationFile, attestationFile } from './attestationFile.js';
import type { AttestationBasis } from './attestationRecord.js';
import { prepareAttestation } from './prepareAttestation.js';

/**
 * Computes the whole file again from its zones, its corrections and the ledger's own figures, and refuses the first field that
 * differs. Throws ATTESTATION_NUMBER_MISMATCH and
 * ATTESTATION_CORRECTION_EXCEEDS.
 */
export function checkFigures(file: AttestationFile, basis: AttestationBasis, sha256: Sha256): void {
    const expected = fields(prepareAttestation(file, basis, sha256));
    for (const [field, attested] of Object.entries(fields(file))) {
        const figure = expected[field];
        if (field === 'meta' || canonicalJson(attested) === canonicalJson(figure)) continue;
        refuse('ATTESTATION_NUMBER_MISMATCH', { field, attested: figureText(attested), expected: figureText(figure) });
    }
}

function figureText(figure: Json | undefined): string {
    return typeof figure === 'string' ? figure : canonicalJson(figure ?? null);
}

function fields(file: AttestationFile): Readonly<Record<string, Json>> {
    return attestationFile.encode(file) as Readonly<Record<string, Json>>;
}
