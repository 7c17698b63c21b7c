// SPDX-License-Identifier: Apache-2.0
import {
    canonicalJson,
    facility,
    type Instant,
    isDomainError,
    sourceHead,
    sourceId,
    sourceReport,
    type SourceReport,
} from '@power-currency/domain';
import { type Command } from 'commander';
import { Failure } from '../../application/failure.js';
import { primitives } from '../../keys/ed25519.js';
import { readKeyFile } from '../../keys/keyFile.js';
import { parseFileTime } from '../../sources/fileTime.js';
import { readSourceFile } from '../../sources/readSourceFile.js';
import { type ChainHead, headOf } from '../../sources/reportChain.js';
import { type SignedReport, signReport } from '../../sources/signedReport.js';
import { placed } from '../../sources/sourceFailure.js';
import { type RegisteredFacility, sourceReportOf } from '../../sources/sourceReportOf.js';
import { chainOf, defaultChainFile, dropLastReport, keepReport, writeReport } from '../chainFile.js';
import { decodeBasis } from '../energyFiles.js';
import { type Printable } from '../output.js';
import { readInput } from '../readInput.js';
import { readJsonFile } from '../readJsonFile.js';
import { type Surface } from '../surface.js';
import { submitReport } from './measurementSubmit.js';

interface ReportOptions {
    readonly source: string;
    readonly key?: string;
    readonly facility?: string;
    readonly facilityRecord?: string;
    readonly chain?: string;
    readonly chainOfLedger?: boolean;
    readonly submit?: boolean;
    readonly network?: string;
    readonly channel?: string;
    readonly producedAt?: string;
    readonly write?: string;
}

/** `power source report`: a source's file to the next report of its chain. */
export function addReportCommand(source: Command, surface: Surface): void {
    source
        .command('report')
        .argument('<file>', 'what `power source validate` accepts')
        .description("make the next report of a source's chain from its file, and sign it")
        .requiredOption('--source <id>', 'id under which the source is registered')
        .option(
            '--key <file>',
            "the source's key file; without it the report is written unsigned, for `power source sign`",
        )
        .option('--facility <id>', 'check the file against this facility, as the ledger has it registered')
        .option('--facility-record <json>', 'the same without a network, from `power facility show -o json`')
        .option('--chain <file>', `what the source signed so far (default: ${defaultChainFile('SOURCE')})`)
        .option('--chain-of-ledger', 'continue what the ledger has of the source instead, and keep no file')
        .option('--network <id>', 'network the report is for (default: that of the chain, or of the ledger)')
        .option('--channel <name>', 'its channel')
        .option('--produced-at <time>', 'when the source made the file, if it does not say so (default: now)')
        .option('--write <json>', 'where to write the report')
        .option('--submit', 'submit it too; `power measurement submit` does so later, and from elsewhere')
        .action(async (file: string, options: ReportOptions) => {
            checkOptions(options);
            const report = await nextReport(file, options, surface);
            if (options.key === undefined) {
                surface.print(writeReport(options.write, canonicalJson(sourceReport.encode(report))));
                return;
            }
            const signed = signReport(report, readKeyFile(options.key).sign);
            const answer = keepReport(signed, options);
            surface.print(options.submit === true ? await submitKept(signed, options, surface) : answer);
        })
        .addHelpText(
            'after',
            `
Examples:
  $ power source report data/sensor_roof-1_2026-11-20.csv --source roof-1-meter --facility roof-1 \\
      --key keys/meter.pem --submit
Without a network, for another machine to submit:
  $ power source report data/sensor_roof-1_2026-11-20.csv --source roof-1-meter --key keys/meter.pem \\
      --network power-test --channel power --write data/report.json`,
        );
}

/** A report that the ledger refuses leaves the chain again: the next one would leave a gap behind it. */
async function submitKept(signed: SignedReport, options: ReportOptions, surface: Surface): Promise<Printable> {
    try {
        return await submitReport(signed, surface);
    } catch (error) {
        if (isDomainError(error) && options.chainOfLedger !== true) {
            dropLastReport(options.chain ?? defaultChainFile(signed.report.sourceId));
        }
        throw error;
    }
}

function checkOptions({ key, submit, chain, chainOfLedger }: ReportOptions): void {
    if (submit === true && key === undefined) {
        throw new Failure('INPUT_INVALID', {
            field: '--submit',
            problem: 'only a signed report can be submitted; give --key',
        });
    }
    if (chain !== undefined && chainOfLedger === true) {
        throw new Failure('INPUT_INVALID', { field: '--chain-of-ledger', problem: 'leave --chain out, or this' });
    }
}

async function nextReport(file: string, options: ReportOptions, surface: Surface): Promise<SourceReport> {
    const bytes = readInput(file);
    const data = readSourceFile(bytes, file);
    const id = placed('--source', '', () => sourceId.decode(options.source, ''));
    const chain = options.chainOfLedger === true ? [] : chainOf(options.chain ?? defaultChainFile(id));
    const head = options.chainOfLedger === true ? await ledgerHead(id, surface) : headOf(chain, primitives);
    const place = { ...(await networkOf(options, chain, surface)), sourceId: id, ...head };
    const source = { name: file, data, digest: primitives.sha256(bytes) };
    return sourceReportOf(source, await registered(options, surface), place, producedAt(options, surface));
}

async function ledgerHead(id: SourceReport['sourceId'], surface: Surface): Promise<ChainHead> {
    const head = sourceHead.decode(await surface.query('Measurement:DescribeChain', { sourceId: id }), '');
    return { sequence: (head.sequence + 1n) as ChainHead['sequence'], previousDigest: head.digest };
}

async function networkOf(
    { network, channel }: ReportOptions,
    chain: readonly SignedReport[],
    surface: Surface,
): Promise<Pick<SourceReport, 'network' | 'channel'>> {
    if (network !== undefined && channel !== undefined) return { network, channel };
    const known = chain.at(-1)?.report ?? decodeBasis(await surface.query('Attestation:DescribeBasis', {}));
    return { network: network ?? known.network, channel: channel ?? known.channel };
}

async function registered(
    { facility: id, facilityRecord: file }: ReportOptions,
    surface: Surface,
): Promise<RegisteredFacility | undefined> {
    if (id !== undefined) {
        return facility.decode(await surface.ask('EnergyRegistry:DescribeFacility', { facilityId: id }), '');
    }
    return file === undefined ? undefined : placed(file, '', () => facility.decode(readJsonFile(file), ''));
}

function producedAt({ producedAt: text }: ReportOptions, { environment }: Surface): Instant {
    if (text === undefined) return BigInt(Math.floor(environment.now().getTime() / 1000)) as Instant;
    const at = parseFileTime(text);
    if (at !== undefined) return at;
    throw new Failure('INPUT_INVALID', {
        field: '--produced-at',
        problem: 'a time such as 2026-11-21T00:10Z is needed',
    });
}
