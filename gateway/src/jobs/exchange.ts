// SPDX-License-Identifier: Apache-2.0
import { type AttestationFile, parseAttestationFile, isDomainError } from '@power-currency/domain';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readInput } from '../cli/readInput.js';
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

/** The planned attestation, or undefined until there is one. @throws DomainError ATTESTATION_FILE_INVALID */
export function readPlanned(settings: JobSettings, day: string): AttestationFile | undefined {
    return readAttestation(outboxFile(settings, day));
}

/** An attestation file if it exists. @throws DomainError ATTESTATION_FILE_INVALID */
export function readAttestation(file: string): AttestationFile | undefined {
    return existsSync(file) ? parseAttestationFile(readInput(file).toString('utf8')) : undefined;
}

/** Signers' copies of the planned file, in order of their names; others, and files that are none, are left out. */
export function readSigned(settings: JobSettings, planned: AttestationFile): readonly AttestationFile[] {
    const start = basename(signedFile(settings, planned.day, ''), '.json').replace(/\.$/, '.');
    const names = readdirSync(settings.outbox).filter((name) => name.startsWith(start) && name.endsWith('.json'));
    return names.sort().flatMap((name) => {
        const file = join(settings.outbox, name);
        const found = readIfAttestation(file);
        return found?.meta.digest_signed === planned.meta.digest_signed ? [found] : [];
    });
}

function readIfAttestation(file: string): AttestationFile | undefined {
    try {
        return readAttestation(file);
    } catch (error) {
        if (isDomainError(error, 'ATTESTATION_FILE_INVALID')) {
            return undefined;
        }
        throw error;
    }
}
