// SPDX-License-Identifier: Apache-2.0
import { isDomainError, type Json, JsonSyntaxError, parseJson } from '@power-currency/domain';
import { Failure } from '../application/failure.js';

/**
 * Runs a step that reads part of a file: a field it refuses is told with the file and the place.
 *
 * @throws Failure SOURCE_FILE_INVALID
 */
export function placed<T>(file: string, place: string, read: () => T): T {
    try {
        return read();
    } catch (error) {
        if (!isDomainError(error, 'INVALID_ARGUMENT')) throw error;
        const { field, reason } = error.details;
        throw sourceFileInvalid(file, [place, field].filter((part) => part !== '').join(', '), reason, error);
    }
}

/** JSON of one line or message. @throws Failure SOURCE_FILE_INVALID */
export function parsed(text: string, file: string, place: string): Json {
    try {
        return parseJson(text);
    } catch (error) {
        if (!(error instanceof JsonSyntaxError)) throw error;
        throw sourceFileInvalid(file, place, error.message, error);
    }
}

export function sourceFileInvalid(file: string, place: string, problem: string, cause?: unknown): Failure {
    return new Failure('SOURCE_FILE_INVALID', { file, place, problem }, { cause });
}
