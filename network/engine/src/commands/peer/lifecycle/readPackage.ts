// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { fileErrorText } from '../fileErrorText.js';

/** The bytes of a chaincode package. @throws Error with Fabric's text. */
export function readPackage(file: string): Buffer {
    try {
        return readFileSync(file);
    } catch (error) {
        throw new Error(`failed to read chaincode package at '${file}': ${fileErrorText(error, file)}`, {
            cause: error,
        });
    }
}
