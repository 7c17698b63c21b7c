// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
    type AttestationBasis,
    attestationBasis,
    isDomainError,
    type Json,
    JsonSyntaxError,
    parseJson,
} from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { readInput } from './readInput.js';

/** Where the energy day keeps its files; the folder is git-ignored, for raw data stays private (AI-33). */
export const DEFAULT_ENERGY_DIR = 'data';

/** Names of the day's files, as the AIpowerCoin paper gives them (AI-35…AI-37, AI-14). */
export function energyFiles(dir: string, day: string): Record<'byZone' | 'summary' | 'load' | 'attestation', string> {
    return {
        byZone: join(dir, `grid_by_zone_${day}.csv`),
        summary: join(dir, `grid_summary_${day}.json`),
        load: join(dir, 'grid_load.csv'),
        attestation: join(dir, `attestation_${day}.json`),
    };
}

export function readIfPresent(file: string): string | undefined {
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Replaces the file as a whole: a crash, also of the machine, leaves the old one or the new one. */
export function writeWhole(file: string, content: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, content, { flush: true });
    renameSync(`${file}.new`, file);
}

/**
 * Reads what `power get basis -o json` wrote.
 *
 * @throws Failure FILE_NOT_FOUND, ENERGY_FILE_INVALID
 */
export function readBasis(file: string): AttestationBasis {
    try {
        return decodeBasis(parseJson(readInput(file).toString('utf8')));
    } catch (error) {
        if (isDomainError(error, 'INVALID_ARGUMENT')) {
            const { field, reason } = error.details;
            throw new Failure('ENERGY_FILE_INVALID', { file, problem: `${field}: ${reason}` }, { cause: error });
        }
        if (error instanceof JsonSyntaxError) {
            throw new Failure('ENERGY_FILE_INVALID', { file, problem: error.message }, { cause: error });
        }
        throw error;
    }
}

export function decodeBasis(json: Json): AttestationBasis {
    return attestationBasis.decode(json, '');
}
