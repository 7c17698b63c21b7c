// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../network/consortium.mts';
import { codes, generatedFrom, table } from './markdown.mts';

interface Excuse {
    readonly area: string;
    readonly labels: readonly string[];
    readonly difference: string;
    readonly reason: string;
}

interface LastRun {
    readonly date: string;
    readonly areas: readonly {
        readonly area: string;
        readonly checks: number;
        readonly hold: number;
        readonly excused: number;
    }[];
}

const source = 'network/engine/conformance/excuses.json';
const lastRun = 'network/engine/conformance/lastRun.json';

/** docs/reference/engine-differences.md: where the embedded engine differs from the recordings of Fabric, and why. */
export function engineDifferences(): string {
    const excuses = JSON.parse(readFileSync(join(projectDir, source), 'utf8')) as readonly Excuse[];
    const rows = excuses.map(({ area, labels, difference, reason }) => [area, codes(labels), difference, reason]);
    const run = JSON.parse(readFileSync(join(projectDir, lastRun), 'utf8')) as LastRun;
    const counts = run.areas.map(({ area, checks, hold, excused }) => [area, ...[checks, hold, excused].map(String)]);
    const sums = [1, 2, 3].map((column) => String(counts.reduce((sum, row) => sum + Number(row[column]), 0)));
    return [
        generatedFrom(`${source} and ${lastRun}`),
        '# Differences from Hyperledger Fabric',
        '',
        '`npm run conformance` replays recordings of a Fabric 3.1.5 network on the embedded engine and compares every outcome.',
        'What differs is listed here with its reason; any other difference fails the command. A `*` stands for any text.',
        '',
        table(['Area', 'Recordings', 'Difference', 'Reason'], rows),
        '',
        '## Counts',
        '',
        `From a run of ${run.date} over the project’s own recordings.`,
        '',
        table(['Area', 'Checks', 'Hold', 'Differ as listed'], [...counts, ['all', ...sums]]),
        '',
    ].join('\n');
}
