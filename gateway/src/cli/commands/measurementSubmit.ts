// SPDX-License-Identifier: Apache-2.0
import {
    decodeResult,
    encodeArguments,
    hex,
    isDomainError,
    requestId,
    sourceReportBytes,
} from '@power-currency/domain';
import { type Command } from 'commander';
import { type LedgerTransport } from '../../application/ports.js';
import { primitives } from '../../keys/ed25519.js';
import { type SignedReport, signedReport } from '../../sources/signedReport.js';
import { parsed, placed } from '../../sources/sourceFailure.js';
import { type Printable } from '../output.js';
import { readInput } from '../readInput.js';
import { type Surface } from '../surface.js';

/** `power measurement submit`: signed reports to the ledger. Any member relays them: their source has signed them. */
export function addSubmitReportCommand(measurement: Command, surface: Surface): void {
    measurement
        .command('submit')
        .argument('<file...>', 'a signed report, or a chain of them: one in each line')
        .description('submit the signed reports the ledger does not have yet')
        .action(async (files: readonly string[]) => {
            const answers: Printable[] = [];
            for (const report of files.flatMap(readReports)) answers.push(await submitReport(report, surface));
            surface.print(answers);
        })
        .addHelpText('after', '\nExample:\n  $ power measurement submit data/reports/roof-1-meter.jsonl');
}

/** None in the file of a chain that was emptied. @throws Failure SOURCE_FILE_INVALID naming the line */
function readReports(file: string): readonly SignedReport[] {
    const text = readInput(file).toString('utf8').trim();
    if (text === '') return [];
    // A report over several lines is one document; a chain has a document in each line.
    const documents = /^\{\s*\n/.test(text) ? [text] : text.split('\n');
    return documents.map((document, index) => {
        const place = `line ${String(index + 1)}`;
        return placed(file, place, () => signedReport.decode(parsed(document, file, place), ''));
    });
}

/**
 * Submits a report unless the ledger has it already.
 *
 * @throws DomainError as the ledger refuses it; REPORT_REWRITTEN where it has another report of that number
 */
export async function submitReport(
    { report, signature: signed }: SignedReport,
    surface: Surface,
): Promise<Readonly<Record<string, Printable>>> {
    const { sourceId, sequence, facilityId, period } = report;
    const facts = { sourceId, sequence: sequence.toString(), facilityId, period };
    const { transport } = await surface.ledger();
    // The same report has the same request id, so that sending it twice is one execution.
    const id = requestId.decode(
        `report-${hex(primitives.sha256(sourceReportBytes(report))).slice(0, 40)}`,
        'request id',
    );
    const submission = encodeArguments('Measurement:SubmitReport', { requestId: id, report, signature: signed });
    const head = await transport.evaluate(
        'Measurement:DescribeChain',
        encodeArguments('Measurement:DescribeChain', { sourceId }),
    );
    if (sequence <= decodeResult('Measurement:DescribeChain', head).sequence) {
        await checkKnown(transport, submission);
        return { ...facts, outcome: 'known' };
    }
    const { txId } = await transport.submit('Measurement:SubmitReport', submission);
    return { ...facts, outcome: 'accepted', txId };
}

/** The ledger has a report of this number: it says, without writing, whether it is this one. */
async function checkKnown(transport: LedgerTransport, submission: string): Promise<void> {
    try {
        await transport.evaluate('Measurement:SubmitReport', submission);
    } catch (error) {
        if (!isDomainError(error, 'REPORT_ACCEPTED_ALREADY')) throw error;
    }
}
