// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../../application/failure.js';

/** A row by the names of its columns, and its line in the file. */
interface CsvRow {
    readonly line: number;
    readonly cells: Readonly<Record<string, string>>;
}

/**
 * Reads comma-separated values as RFC 4180 has them, under a header line. Empty lines are left out; a row with more or
 * fewer cells than the header is refused.
 *
 * @throws Failure INPUT_INVALID naming the line
 */
export function parseCsv(text: string, file: string): readonly CsvRow[] {
    const [header, ...rows] = recordsOf(text.replace(/^\ufeff/, ''), file).filter(({ cells }) => cells.join('') !== '');
    if (header === undefined) throw new Failure('INPUT_INVALID', { field: file, problem: 'it has no header line' });
    const names = header.cells.map((name) => name.trim());
    return rows.map(({ line, cells }) => {
        if (cells.length !== names.length) {
            const problem = `${String(cells.length)} cells under ${String(names.length)} columns`;
            throw new Failure('INPUT_INVALID', { field: `${file} line ${String(line)}`, problem });
        }
        return { line, cells: Object.fromEntries(names.map((name, index) => [name, cells[index]?.trim() ?? ''])) };
    });
}

/** A quoted cell may hold commas, line ends, and quotes written twice. */
const cellPattern = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;

function recordsOf(text: string, file: string): readonly { readonly line: number; readonly cells: string[] }[] {
    const records: { readonly line: number; readonly cells: string[] }[] = [];
    let [at, line, cells] = [0, 1, [] as string[]];
    while (at < text.length || cells.length > 0) {
        cellPattern.lastIndex = at;
        const match = cellPattern.exec(text);
        if (match === null) {
            throw new Failure('INPUT_INVALID', {
                field: `${file} line ${String(line)}`,
                problem: 'a quote is not closed',
            });
        }
        const [whole, cell = '', end = ''] = match;
        cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
        at += whole.length;
        if (end === ',') continue;
        records.push({ line, cells });
        line += whole.split('\n').length - 1;
        cells = [];
    }
    return records;
}
