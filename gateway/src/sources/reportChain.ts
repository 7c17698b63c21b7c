// SPDX-License-Identifier: Apache-2.0
import {
    canonicalJson,
    hex,
    isDomainError,
    JsonSyntaxError,
    parseJson,
    type Primitives,
    type SourceReport,
    sourceReportBytes,
} from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { type SignedReport, signedReport } from './signedReport.js';

/** The end of a chain: how many reports it has, and the digest of the last (64 zeros for none). */
export type ChainHead = Pick<SourceReport, 'sequence' | 'previousDigest'>;

/** One line of the file in which a source keeps what it signed, oldest first. */
export function chainLine(report: SignedReport): string {
    return `${canonicalJson(signedReport.encode(report))}\n`;
}

/**
 * Reads a source's chain and checks that no report is missing, changed, or of another source.
 *
 * @param publicKey the source's key, to check signatures with; without it they are not checked
 * @throws Failure REPORT_CHAIN_BROKEN with the line
 */
export function readChain(
    text: string,
    file: string,
    primitives: Primitives,
    publicKey?: Uint8Array,
): readonly SignedReport[] {
    const chain: SignedReport[] = [];
    const lines = text.split('\n');
    const broken = (line: number, problem: string, cause?: unknown): Failure =>
        new Failure('REPORT_CHAIN_BROKEN', { file, line, problem }, { cause });
    // A crash while the last line was written leaves it without its end: such a report was never sent.
    if (lines.pop() !== '') throw broken(lines.length + 1, 'the line does not end; remove it');
    for (const [index, line] of lines.entries()) {
        const decoded = decodedLine(line, (problem, cause) => broken(index + 1, problem, cause));
        const problem = problemOf(decoded, chain, primitives, publicKey);
        if (problem !== undefined) throw broken(index + 1, problem);
        chain.push(decoded);
    }
    return chain;
}

/** Which report comes next. */
export function headOf(chain: readonly SignedReport[], { sha256 }: Primitives): ChainHead {
    const last = chain.at(-1);
    const sequence = BigInt(chain.length + 1) as ChainHead['sequence'];
    const previousDigest = last === undefined ? noPrevious : sha256(sourceReportBytes(last.report));
    return { sequence, previousDigest };
}

const noPrevious = new Uint8Array(32);

function decodedLine(line: string, broken: (problem: string, cause: unknown) => Failure): SignedReport {
    try {
        return signedReport.decode(parseJson(line), '');
    } catch (error) {
        if (error instanceof JsonSyntaxError) throw broken(error.message, error);
        if (isDomainError(error, 'INVALID_ARGUMENT')) {
            throw broken(`${error.details.field}: ${error.details.reason}`, error);
        }
        throw error;
    }
}

function problemOf(
    { report, signature }: SignedReport,
    before: readonly SignedReport[],
    primitives: Primitives,
    publicKey: Uint8Array | undefined,
): string | undefined {
    const head = headOf(before, primitives);
    const previous = before.at(-1)?.report ?? report;
    if (report.sequence !== head.sequence)
        return `report ${report.sequence.toString()} where ${head.sequence.toString()} comes`;
    if (hex(report.previousDigest) !== hex(head.previousDigest)) return 'it does not follow the report before it';
    for (const field of ['sourceId', 'network', 'channel'] as const) {
        if (report[field] !== previous[field]) return `another ${field} than before`;
    }
    if (publicKey === undefined || primitives.verifyEd25519(publicKey, sourceReportBytes(report), signature)) {
        return undefined;
    }
    return 'the signature is not of this key';
}
