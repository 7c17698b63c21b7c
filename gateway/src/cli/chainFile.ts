// SPDX-License-Identifier: Apache-2.0
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson } from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { primitives } from '../keys/ed25519.js';
import { chainLine, readChain } from '../sources/reportChain.js';
import { type SignedReport, signedReport } from '../sources/signedReport.js';
import { DEFAULT_ENERGY_DIR, readIfPresent, writeWhole } from './energyFiles.js';
import { type Printable } from './output.js';

/** The reports a source has signed so far; none if there is no file yet. @throws Failure REPORT_CHAIN_BROKEN */
export function chainOf(file: string, publicKey?: Uint8Array): readonly SignedReport[] {
    return readChain(readIfPresent(file) ?? '', file, primitives, publicKey);
}

/** Where and how a report is kept. */
interface Keeping {
    readonly chain?: string;
    /** The ledger keeps the chain; no file does. */
    readonly chainOfLedger?: boolean;
    /** A file for the report alone. */
    readonly write?: string;
}

/** The chain file of a source that names no other. */
export function defaultChainFile(source: string): string {
    return join(DEFAULT_ENERGY_DIR, 'reports', `${source}.jsonl`);
}

/**
 * Keeps a signed report. The chain comes first: a report that was sent but not kept would be followed by another of the
 * same number.
 */
export function keepReport(signed: SignedReport, { chain, chainOfLedger, write }: Keeping): Printable {
    if (chainOfLedger !== true) appendToChain(chain ?? defaultChainFile(signed.report.sourceId), signed);
    return writeReport(write, canonicalJson(signedReport.encode(signed)));
}

/**
 * Takes the last report off the end of its source's chain: the ledger refused it, so the next one has its number.
 *
 * @throws Failure NOT_FOUND for a chain without reports
 */
export function dropLastReport(file: string): SignedReport {
    const chain = chainOf(file);
    const last = chain.at(-1);
    if (last === undefined) throw new Failure('NOT_FOUND', { what: `report in ${file}` });
    writeWhole(file, chain.slice(0, -1).map(chainLine).join(''));
    return last;
}

/** Writes a report, signed or not, where a file is named, and gives it as it is printed. */
export function writeReport(file: string | undefined, json: string): Printable {
    if (file !== undefined) writeWhole(file, `${json}\n`);
    return JSON.parse(json) as Printable;
}

/**
 * Puts a report at the end of its source's chain, on the disk before anything else happens.
 *
 * @throws Failure REPORT_CHAIN_BROKEN when it does not follow the last one
 */
function appendToChain(file: string, signed: SignedReport): void {
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
