// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { basename, join, relative } from 'node:path';
import { chooseEngine } from '../network/engineChoice.mts';
import { fabricRunFile, type FabricResult, type FabricRun } from './fabricRun.mts';

/** What jest's `--json` writes, as far as it is read here. */
interface JestRun {
    readonly testResults: readonly {
        readonly name: string;
        readonly assertionResults: readonly { fullName: string; status: string; duration?: number | null }[];
    }[];
}

const folder = process.argv[2];
if (folder !== undefined) {
    const results = readdirSync(folder)
        .sort()
        .flatMap((file) => resultsOf(join(folder, file)));
    writeFileSync(fabricRunFile, `${JSON.stringify({ ...where(), results }, undefined, 4)}\n`);
}

function where(): Omit<FabricRun, 'results'> {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
    const [processor] = cpus();
    const gibibytes = Math.round(totalmem() / 2 ** 30);
    return {
        date: new Date().toISOString().slice(0, 10),
        fabric: chooseEngine('fabric').version,
        commit,
        machine: `${String(cpus().length)} cores, ${processor?.model ?? ''}, ${String(gibibytes)} GiB, Linux ${release()}, Node ${process.version}`,
    };
}

/** A file is named PROJECT-ORDERING.json. */
function resultsOf(path: string): FabricResult[] {
    const ordering = basename(path, '.json').split('-')[1] ?? '';
    const run = JSON.parse(readFileSync(path, 'utf8')) as JestRun;
    return run.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map(({ fullName, status, duration }) => ({
            ordering,
            file: relative(process.cwd(), name),
            test: fullName,
            status,
            ms: Math.round(duration ?? 0),
        })),
    );
}
