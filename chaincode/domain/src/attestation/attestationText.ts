// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from '../encoding/canonicalJson.js';
import { parseJson } from '../encoding/parseJson.js';
import { JsonSyntaxError } from '../encoding/scanJson.js';
import { isDomainError, refuse } from '../error/domainError.js';
import { type AttestationFile, attestationFile } from './attestationFile.js';

/** Reads an attestation file, version 2. Throws ATTESTATION_FILE_INVALID naming the field. */
export function parseAttestationFile(text: string): AttestationFile {
    try {
        return attestationFile.decode(parseJson(text), '');
    } catch (thrown) {
        if (isDomainError(thrown, 'INVALID_ARGUMENT')) refuse('ATTESTATION_FILE_INVALID', thrown.details);
        if (thrown instanceof JsonSyntaxError) {
            refuse('ATTESTATION_FILE_INVALID', { field: '', reason: thrown.message });
        }
        throw thrown;
    }
}

/** The text of an attestation file: canonical JSON and a line end. */
export function encodeAttestationFile(file: AttestationFile): string {
    return `${canonicalJson(attestationFile.encode(file))}\n`;
}
