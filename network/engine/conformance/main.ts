// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { redirectLog } from '../src/process/logging.js';
import { areas } from './areas.js';
import { Checks } from './checks.js';
import { Recordings } from './recordings.js';
import { areaReport, differenceText, reportTable, type AreaReport } from './report.js';

const usage = `Replays recordings of a Hyperledger Fabric network on the embedded engine and compares every outcome.

npm run conformance [-- [FOLDER...] [--only AREA] [--json FILE] [--record]]

  FOLDER       folders with recordings; the project's own are replayed when none is given
  --only AREA  one area, may be repeated: ${Object.keys(areas).join(', ')}
  --json FILE  writes the outcome as JSON
  --record     keeps the counts of the project's own recordings for the documents (then \`npm run generate\`)
  --help       this text

Exit status: 0 if every check holds or its difference is listed in docs/reference/engine-differences.md,
1 if one differs, 2 if the arguments are wrong.
`;

const lastRun = 'network/engine/conformance/lastRun.json';

interface Arguments {
    readonly folders: readonly string[];
    readonly only: readonly string[];
    readonly json: string | undefined;
    readonly record: boolean;
}

interface FolderReport {
    readonly folder: string;
    readonly set: string;
    readonly areas: readonly AreaReport[];
}

function readArguments(argv: readonly string[]): Arguments | 'help' {
    const { values, positionals } = parseArgs({
        args: [...argv],
        allowPositionals: true,
        options: {
            only: { type: 'string', multiple: true },
            json: { type: 'string' },
            record: { type: 'boolean' },
            default: { type: 'string', multiple: true },
            help: { type: 'boolean' },
        },
    });
    if (values.help === true) return 'help';
    const unknown = (values.only ?? []).filter((name) => !(name in areas));
    if (unknown.length > 0)
        throw new Error(`unknown area ${unknown.join(', ')}: one of ${Object.keys(areas).join(', ')}`);
    const folders = positionals.length > 0 ? positionals : (values.default ?? []);
    if (folders.length === 0) throw new Error('name a folder with recordings');
    const { only = [], json, record = false } = values;
    if (record && (positionals.length > 0 || only.length > 0))
        throw new Error('--record is of a run of every area over the project’s own recordings');
    return { folders, only, json, record };
}

async function replayFolder(recordings: Recordings, only: readonly string[]): Promise<FolderReport> {
    const reports: AreaReport[] = [];
    for (const [area, replay] of Object.entries(areas)) {
        if (only.length > 0 && !only.includes(area)) continue;
        const begun = performance.now();
        const checks = new Checks();
        await checks.guard({ file: '.', label: area }, () => replay(recordings, checks));
        const report = areaReport(area, checks, Math.round(performance.now() - begun));
        const outcome = `${String(report.holding)} of ${String(report.checks)} hold`;
        process.stdout.write(`${area}: ${outcome} (${(report.durationMs / 1000).toFixed(1)} s)\n`);
        report.differing.forEach((difference) => process.stdout.write(differenceText(difference)));
        reports.push(report);
    }
    return { folder: recordings.folder, set: recordings.set.set, areas: reports };
}

function summary(reports: readonly FolderReport[]): { text: string; holds: boolean } {
    const all = reports.flatMap((report) => report.areas);
    const sum = (count: (report: AreaReport) => number): number => all.reduce((total, one) => total + count(one), 0);
    const checks = sum((one) => one.checks);
    const excused = sum(({ excused: listed }) => listed.length);
    const differing = sum((one) => one.differing.length);
    const held = `${String(sum((one) => one.holding))} of ${String(checks)} checks hold`;
    const rest = `${String(excused)} differ as docs/reference/engine-differences.md says, ${String(differing)} differ otherwise`;
    return { text: `${held}; ${rest}.\n`, holds: differing === 0 && checks > 0 };
}

/** What the documents say of a run: the counts of the first folder, which is the project's own. */
function recordText([first]: readonly FolderReport[]): string {
    const counts = (first?.areas ?? []).map(({ area, checks, holding: hold, excused }) => ({
        ...{ area, checks, hold },
        excused: excused.length,
    }));
    const run = { date: new Date().toISOString().slice(0, 10), set: first?.set, areas: counts };
    return `${JSON.stringify(run, undefined, 4)}\n`;
}

async function main(argv: readonly string[]): Promise<number> {
    const options = readArguments(argv);
    if (options === 'help') {
        process.stdout.write(usage);
        return 0;
    }
    const opened = options.folders.map((folder) => new Recordings(folder));
    redirectLog(() => undefined);
    const reports: FolderReport[] = [];
    for (const recordings of opened) {
        process.stdout.write(`\n${recordings.folder}\n`);
        const report = await replayFolder(recordings, options.only);
        process.stdout.write(`\n${reportTable(report.areas)}`);
        reports.push(report);
    }
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(reports, undefined, 4)}\n`);
    if (options.record) writeFileSync(lastRun, recordText(reports));
    const { text, holds } = summary(reports);
    process.stdout.write(`\n${text}`);
    return holds ? 0 : 1;
}

main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
        process.stderr.write(`conformance: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(2);
    },
);
