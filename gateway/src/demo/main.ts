// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCatalogue, isDomainError } from '@power-currency/domain';
import { Command, CommanderError } from 'commander';
import { Failure } from '../application/failure.js';
import { fileFailureOf } from '../application/fileFailure.js';
import { ExitCode, exitCodeOf } from '../cli/exitCodes.js';
import { type Timings } from './report.js';
import { runDemo } from './runDemo.js';
import { openStage } from './stage.js';

interface Options {
    readonly network: string;
    readonly load?: readonly string[];
    readonly day?: string;
    readonly report?: string;
    readonly timings?: string;
}

const SAMPLES = join(__dirname, '..', '..', 'samples');
const SAMPLE_DAY = '2025-11-19';

const program = new Command('power demo')
    .description('run one energy day on a network and check every step at the regulator')
    .option('--network <folder>', 'folder of the running network', '.network')
    .option('--load <xml...>', 'energy documents (default: the samples of this project)')
    .option('--day <YYYY-MM-DD>', `day in the documents (default: that of the samples, ${SAMPLE_DAY})`)
    .option('--report <file>', 'write what happened as JSON')
    .option(
        '--timings <file>',
        'JSON with installMs, upMs and deployMs, as measured by the script that started the network',
    )
    .exitOverride()
    .addHelpText('after', '\nExample:\n  $ power demo --load NL_2020-11-19.xml --day 2020-11-19 --report demo.json');

async function main(args: readonly string[]): Promise<ExitCode> {
    const options: Options = program.parse([...args], { from: 'user' }).opts();
    if ((options.load === undefined) !== (options.day === undefined)) {
        throw new Failure('INPUT_INVALID', {
            field: '--load',
            problem: 'documents and their --day are given together',
        });
    }
    const stage = openStage(options.network, (line) => process.stdout.write(`${line}\n`));
    try {
        const input = {
            day: options.day ?? SAMPLE_DAY,
            files: options.load ?? samples(),
            timings: readTimings(options.timings),
        };
        // What cannot be written is told before the work, not after it.
        if (options.report !== undefined) {
            writeFileSync(options.report, '');
        }
        const report = await runDemo(stage, input);
        if (options.report !== undefined) {
            writeFileSync(options.report, `${JSON.stringify(report, undefined, 2)}\n`);
        }
        stage.tell(`\nEvery step was read back from the ledger, in ${String(report.timings.demoMs)} ms.`);
        return ExitCode.Ok;
    } finally {
        stage.close();
    }
}

function samples(): readonly string[] {
    return readdirSync(SAMPLES)
        .filter((name) => name.endsWith(`${SAMPLE_DAY}_A65.xml`))
        .sort()
        .map((name) => join(SAMPLES, name));
}

function readTimings(file: string | undefined): Timings {
    const read = file === undefined ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
    const time = (name: string): number | null => (typeof read[name] === 'number' ? read[name] : null);
    return { installMs: time('installMs'), upMs: time('upMs'), deployMs: time('deployMs') };
}

function explain(error: unknown): string {
    if (error instanceof Failure) {
        return `${error.message}\n  ${(error as Failure).advice}`;
    }
    if (isDomainError(error)) {
        return `the ledger refused: ${error.code} ${JSON.stringify(error.details)}\n  ${errorCatalogue[error.code]}`;
    }
    return `this is a fault of the demonstration: ${error instanceof Error ? error.message : String(error)}`;
}

main(process.argv.slice(2)).then(
    (exitCode) => {
        process.exitCode = exitCode;
    },
    (thrown: unknown) => {
        if (thrown instanceof CommanderError) {
            process.exitCode = thrown.exitCode === 0 ? ExitCode.Ok : ExitCode.Usage;
            return;
        }
        const error = fileFailureOf(thrown);
        process.stderr.write(`demo failed: ${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
    },
);
