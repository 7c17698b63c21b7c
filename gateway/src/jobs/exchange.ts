// SPDX-License-Identifier: Apache-2.0
import { type AttestationFile, parseAttestationFile, isDomainError } from '@power-currency/domain';
import { join } from 'node:path';
import { readIfPresent } from '../cli/energyFiles.js';
import { type JobSettings } from './jobSettings.js';

/**
 * The planned attestation in the folder that the machines share. Each file in it has one writer: the planner's has no
 * signature, and each signer adds a copy with its own.
 */
export function outboxFile({ outbox }: JobSettings, day: string): string {
    return join(outbox, `attestation_${day}.json`);
}

/** A signer's copy. */
export function signedFile(settings: JobSettings, day: string, signerId: string): string {
    return outboxFile(settings, day).replace(/json$/, `${signerId}.json`);
}

/** The plan of the day, or undefined until there is one. */
export function readPlanned(settings: JobSettings, day: string): AttestationFile | undefined {
    return readAttestation(outboxFile(settings, day), day);
}

/** An attestation of the day; one of another day is none, nor is a file that is not there yet as a whole. */
export function readAttestation(file: string, day: string): AttestationFile | undefined {
    const text = readIfPresent(file);
    const found = text === undefined ? undefined : parsed(text);
    return found?.day === day ? found : undefined;
}

function parsed(text: string): AttestationFile | undefined {
    try {
        return parseAttestationFile(text);
    } catch (error) {
        if (isDomainError(error, 'ATTESTATION_FILE_INVALID')) {
            return undefined;
        }
        throw error;
    }
}
