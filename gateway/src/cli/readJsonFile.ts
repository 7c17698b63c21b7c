// SPDX-License-Identifier: Apache-2.0
import { type Json, JsonSyntaxError, parseJson } from '@power-currency/domain';
import { sourceFileInvalid } from '../sources/sourceFailure.js';
import { readInput } from './readInput.js';

/** A file of the ledger's own JSON. @throws Failure FILE_NOT_FOUND, SOURCE_FILE_INVALID */
export function readJsonFile(file: string): Json {
    try {
        return parseJson(readInput(file).toString('utf8'));
    } catch (error) {
        if (!(error instanceof JsonSyntaxError)) throw error;
        throw sourceFileInvalid(file, 'the whole file', error.message, error);
    }
}
