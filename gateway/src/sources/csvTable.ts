// SPDX-License-Identifier: Apache-2.0

/** One row under a header, and where it stands. */
export interface CsvRow {
    /** Counted from 1, the header included. */
    readonly line: number;
    readonly cells: Readonly<Record<string, string>>;
}

/** Why a text is no table, and in which line. */
export class CsvError extends Error {
    override readonly name = 'CsvError';
    readonly line: number;

    constructor(line: number, problem: string) {
        super(problem);
        this.line = line;
    }
}

/**
 * Reads a table with known columns: RFC 4180 without quoted cells, which no number, code or time needs. Comma, LF or
 * CRLF, the header exactly as given; an empty last line is none.
 *
 * @throws CsvError
 */
export function readCsv(csv: string, columns: readonly string[], rowsMax: number): readonly CsvRow[] {
    const lines = csv.replace(/\r?\n$/, '').split(/\r?\n/);
    const [header] = lines;
    if (header !== columns.join(',')) throw new CsvError(1, `the columns are not ${columns.join(',')}`);
    if (lines.length - 1 > rowsMax) throw new CsvError(rowsMax + 2, `more than ${String(rowsMax)} rows`);
    return lines.slice(1).map((line, index) => ({ line: index + 2, cells: cellsOf(line, index + 2, columns) }));
}

function cellsOf(line: string, number: number, columns: readonly string[]): Readonly<Record<string, string>> {
    if (line === '') throw new CsvError(number, 'an empty line');
    if (line.includes('"')) throw new CsvError(number, 'a quoted cell; no cell of this format needs quotes');
    const cells = line.split(',');
    if (cells.length !== columns.length) {
        throw new CsvError(number, `${String(cells.length)} cells instead of ${String(columns.length)}`);
    }
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
}
