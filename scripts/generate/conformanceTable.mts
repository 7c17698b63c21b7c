// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../network/consortium.mts';
import { table } from './markdown.mts';

interface LastRun {
    readonly date: string;
    readonly areas: readonly {
        readonly area: string;
        readonly checks: number;
        readonly hold: number;
        readonly excused: number;
    }[];
}

const page = 'docs/concepts/engines.md';
const lastRun = 'network/engine/conformance/lastRun.json';
const begin = `<!-- Written by \`npm run generate\` from ${lastRun}, up to the next such line. -->`;
const end = '<!-- End of what was generated. -->';

/** docs/concepts/engines.md with the counts of the last `npm run conformance` in their place; the rest is left as it is. */
export function conformanceTable(): string {
    const text = readFileSync(join(projectDir, page), 'utf8');
    const [first, last] = [text.indexOf(begin), text.indexOf(end)];
    if (first < 0 || last < first) throw new Error(`${page} has no place for the conformance table`);
    const run = JSON.parse(readFileSync(join(projectDir, lastRun), 'utf8')) as LastRun;
    const counts = run.areas.map(({ area, checks, hold, excused }) => [area, ...[checks, hold, excused].map(String)]);
    const sums = [1, 2, 3].map((column) => String(counts.reduce((sum, row) => sum + Number(row[column]), 0)));
    const section = [
        begin,
        '',
        `From a run of ${run.date} over the project’s own recordings:`,
        '',
        table(['Area', 'Checks', 'Hold', 'Differ as listed'], [...counts, ['all', ...sums]]),
        '',
    ];
    return text.slice(0, first) + section.join('\n') + '\n' + text.slice(last);
}
