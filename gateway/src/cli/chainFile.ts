// SPDX-License-Identifier: Apache-2.0
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../application/failure.js';
import { primitives } from '../keys/ed25519.js';
import { chainLine, readChain } from '../sources/reportChain.js';
import { type SignedReport } from '../sources/signedReport.js';
import { readIfPresent } from './energyFiles.js';

/** The reports a source has signed so far; none if there is no file yet. @throws Failure REPORT_CHAIN_BROKEN */
export function chainOf(file: string, publicKey?: Uint8Array): readonly SignedReport[] {
    return readChain(readIfPresent(file) ?? '', file, primitives, publicKey);
}

/**
 * Puts a report at the end of its source's chain, on the disk before anything else happens.
 *
 * @throws Failure REPORT_CHAIN_BROKEN when it does not follow the last one
 */
export function appendToChain(file: string, signed: SignedReport): void {
    const line = chainLine(signed);
    readChain(`${readIfPresent(file) ?? ''}${line}`, file, primitives);
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(file, 'a', 0o644);
    try {
        if (writeSync(descriptor, line) !== Buffer.byteLength(line)) {
            throw new Failure('FILE_UNUSABLE', { problem: `${file} was not written whole` });
        }
        fsyncSync(descriptor);
    } finally {
        closeSync(descriptor);
    }
}
