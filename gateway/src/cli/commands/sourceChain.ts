// SPDX-License-Identifier: Apache-2.0
import { hex, sourceReport } from '@power-currency/domain';
import { type Command } from 'commander';
import { primitives } from '../../keys/ed25519.js';
import { readKeyFile } from '../../keys/keyFile.js';
import { headOf } from '../../sources/reportChain.js';
import { signReport } from '../../sources/signedReport.js';
import { placed } from '../../sources/sourceFailure.js';
import { chainOf, defaultChainFile, dropLastReport, keepReport } from '../chainFile.js';
import { readJsonFile } from '../readJsonFile.js';
import { type Surface } from '../surface.js';

interface SignOptions {
    readonly key: string;
    readonly chain?: string;
    readonly write?: string;
}

/** `power source sign`: an unsigned report, where the key is. */
export function addSignReportCommand(source: Command, surface: Surface): void {
    source
        .command('sign')
        .argument('<file>', 'unsigned report of `power source report`')
        .description("sign a report with the source's own key, and keep it in the source's chain; needs no network")
        .requiredOption('--key <file>', "the source's key file")
        .option('--chain <file>', `what the source signed so far (default: ${defaultChainFile('SOURCE')})`)
        .option('--write <json>', 'where to write the signed report')
        .action((file: string, options: SignOptions) => {
            const report = placed(file, '', () => sourceReport.decode(readJsonFile(file), ''));
            surface.print(keepReport(signReport(report, readKeyFile(options.key).sign), options));
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
        .option('--drop-last', 'take the last report off: the ledger refused it, and the next one has its number')
        .action((file: string, { key, dropLast }: { readonly key?: string; readonly dropLast?: boolean }) => {
            if (dropLast === true) {
                const { sequence, period } = dropLastReport(file).report;
                surface.note(`report ${sequence.toString()} on ${period} is dropped`);
            }
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
