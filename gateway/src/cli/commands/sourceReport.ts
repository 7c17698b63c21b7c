// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import {
    canonicalJson,
    facility,
    hex,
    type Instant,
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
import { headOf } from '../../sources/reportChain.js';
import { type SignedReport, signedReport, signReport } from '../../sources/signedReport.js';
import { placed } from '../../sources/sourceFailure.js';
import { type RegisteredFacility, sourceReportOf } from '../../sources/sourceReportOf.js';
import { appendToChain, chainOf } from '../chainFile.js';
import { DEFAULT_ENERGY_DIR, decodeBasis, writeWhole } from '../energyFiles.js';
import { type Printable } from '../output.js';
import { readInput } from '../readInput.js';
import { readJsonFile } from '../readJsonFile.js';
import { type Surface } from '../surface.js';

interface ReportOptions {
    readonly source: string;
    readonly key?: string;
    readonly facility?: string;
    readonly facilityRecord?: string;
    readonly chain?: string;
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
        .option('--chain <file>', `what the source signed so far (default: ${chainFile('SOURCE')})`)
        .option('--network <id>', 'network the report is for (default: that of the chain, or of the ledger)')
        .option('--channel <name>', 'its channel')
        .option('--produced-at <time>', 'when the source made the file, if it does not say so (default: now)')
        .option('--write <json>', 'where to write the report')
        .action(async (file: string, options: ReportOptions) => {
            const report = await nextReport(file, options, surface);
            if (options.key === undefined) {
                writeReport(options.write, canonicalJson(sourceReport.encode(report)), surface);
                return;
            }
            const signed = signReport(report, readKeyFile(options.key).sign);
            keep(signed, options.chain, options.write, surface);
        })
        .addHelpText(
            'after',
            `
Example:
  $ power source report data/sensor_roof-1_2026-11-20.csv --source roof-1-meter --key keys/meter.pem \\
      --network power-test --channel power --write data/report.json`,
        );
}

/** `power source sign`: an unsigned report, where the key is. */
export function addSignReportCommand(source: Command, surface: Surface): void {
    source
        .command('sign')
        .argument('<file>', 'unsigned report of `power source report`')
        .description("sign a report with the source's own key, and keep it in the source's chain; needs no network")
        .requiredOption('--key <file>', "the source's key file")
        .option('--chain <file>', `what the source signed so far (default: ${chainFile('SOURCE')})`)
        .option('--write <json>', 'where to write the signed report')
        .action((file: string, { key, chain, write }: Required<Pick<ReportOptions, 'key'>> & ReportOptions) => {
            const report = placed(file, '', () => sourceReport.decode(readJsonFile(file), ''));
            keep(signReport(report, readKeyFile(key).sign), chain, write, surface);
        })
        .addHelpText(
            'after',
            '\nExample:\n  $ power source sign unsigned.json --key keys/meter.pem --write report.json',
        );
}

/** `power source chain`: what a source signed, checked. */
export function addChainCommand(source: Command, surface: Surface): void {
    source
        .command('chain')
        .argument('<file>', 'reports of one source, one per line')
        .description('check that no report of a source is missing, changed or forged')
        .option('--key <file>', "the source's key file, to check the signatures too")
        .action((file: string, { key }: { readonly key?: string }) => {
            const chain = chainOf(file, key === undefined ? undefined : readKeyFile(key).publicKey);
            const head = headOf(chain, primitives);
            const last = chain.at(-1)?.report;
            surface.print({
                source: last?.sourceId ?? null,
                reports: chain.length,
                signatures: key === undefined ? 'not checked' : 'checked',
                lastPeriod: last?.period ?? null,
                digest: hex(head.previousDigest),
            });
        })
        .addHelpText(
            'after',
            '\nExample:\n  $ power source chain data/reports/roof-1-meter.jsonl --key keys/meter.pem',
        );
}

function chainFile(source: string): string {
    return join(DEFAULT_ENERGY_DIR, 'reports', `${source}.jsonl`);
}

async function nextReport(file: string, options: ReportOptions, surface: Surface): Promise<SourceReport> {
    const bytes = readInput(file);
    const data = readSourceFile(bytes, file);
    const id = placed('--source', '', () => sourceId.decode(options.source, ''));
    const chain = chainOf(options.chain ?? chainFile(id));
    const place = { ...(await networkOf(options, chain, surface)), sourceId: id, ...headOf(chain, primitives) };
    const source = { name: file, data, digest: primitives.sha256(bytes) };
    return sourceReportOf(source, await registered(options, surface), place, producedAt(options, surface));
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

/** The chain first: a report that was sent but not kept would be followed by another of the same number. */
function keep(signed: SignedReport, chain: string | undefined, write: string | undefined, surface: Surface): void {
    appendToChain(chain ?? chainFile(signed.report.sourceId), signed);
    writeReport(write, canonicalJson(signedReport.encode(signed)), surface);
}

function writeReport(file: string | undefined, json: string, surface: Surface): void {
    if (file !== undefined) writeWhole(file, `${json}\n`);
    surface.print(JSON.parse(json) as Printable);
}
