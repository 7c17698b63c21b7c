// SPDX-License-Identifier: Apache-2.0
import type { Checks, Difference } from './checks.js';
import { type Excuse, excuseFor } from './excuses.js';

export interface AreaReport {
    readonly area: string;
    readonly checks: number;
    readonly holding: number;
    readonly excused: readonly (Difference & { readonly excuse: Excuse })[];
    readonly differing: readonly Difference[];
    readonly durationMs: number;
}

export function areaReport(area: string, checks: Checks, durationMs: number): AreaReport {
    const judged = checks.differences.map((difference) => ({ ...difference, excuse: excuseFor(area, difference) }));
    return {
        area,
        checks: checks.made,
        holding: checks.made - judged.length,
        excused: judged.flatMap(({ excuse, ...rest }) => (excuse === undefined ? [] : [{ ...rest, excuse }])),
        differing: judged.filter(({ excuse }) => excuse === undefined),
        durationMs,
    };
}

/** One difference in four lines. */
export function differenceText({ place, expected, received }: Difference): string {
    const where = place.line === undefined ? place.file : `${place.file}:${String(place.line)}`;
    return `  ${where} ${place.label}\n    expected ${shown(expected)}\n    received ${shown(received)}\n`;
}

/** A table with one row per area, and a last row with the sums. */
export function reportTable(reports: readonly AreaReport[]): string {
    const rows = reports.map((report) => [report.area, ...counts(report)]);
    const sums = [1, 2, 3, 4].map((column) => String(rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0)));
    const all = [['area', 'checks', 'hold', 'differ', 'excused'], ...rows, ['all', ...sums]];
    const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
    const line = (row: readonly string[]): string =>
        row
            .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
            .join('  ');
    return all.map((row) => `${line(row)}\n`).join('');
}

function counts({ checks, holding, differing, excused }: AreaReport): string[] {
    return [checks, holding, differing.length, excused.length].map(String);
}

const longest = 1_500;

function shown(value: unknown): string {
    const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) as string | undefined);
    if (text === undefined) return String(value);
    return text.length > longest ? `${text.slice(0, longest)}… (${String(text.length)} characters)` : text;
}
