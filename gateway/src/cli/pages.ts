// SPDX-License-Identifier: Apache-2.0
import { type Json, type TransactionName } from '@power-currency/domain';
import { type Command } from 'commander';
import { Failure } from '../application/failure.js';
import { type Printable } from './output.js';
import { type Surface } from './surface.js';

type Row = Readonly<Record<string, Printable>>;

interface Page {
    readonly rows: readonly Row[];
    readonly bookmark: string;
}

export interface PageOptions {
    readonly pageSize: number;
    readonly bookmark: string;
    readonly all?: boolean;
}

/** A list of the ledger, and how it is shown. */
interface Listing {
    readonly transaction: TransactionName;
    /** The request without its paging. */
    readonly request: Readonly<Record<string, Json>>;
    /** What people see of a row, a field of a field named with a dot; programs get all of it. */
    readonly columns: readonly string[] | undefined;
    readonly show?: (page: Printable) => Promise<Printable>;
}

export function addPageOptions(command: Command): void {
    command
        .option('--page-size <rows>', 'rows per page, 1 to 1000', parsePageSize, 100)
        .option('--bookmark <text>', 'where the page before ended', '')
        .option('--all', 'every page');
}

/** Programs get rows and bookmark as the ledger sent them; people get the rows, and a hint when there are more. */
export async function printPages(listing: Listing, options: PageOptions, surface: Surface): Promise<void> {
    const { transaction, request, columns, show = asItIs } = listing;
    const rows: Row[] = [];
    let next = options.bookmark;
    do {
        const paging = { ...request, pageSize: options.pageSize, bookmark: next };
        const page = await show(await surface.ask(transaction, paging));
        const { rows: more, bookmark } = page as unknown as Page;
        rows.push(...more);
        next = bookmark;
    } while (options.all === true && next !== '');
    if (surface.outputFormat !== 'table') {
        surface.print({ rows, bookmark: next });
        return;
    }
    surface.print(columns === undefined || columns.length === 0 ? rows : rows.map((row) => chosen(row, columns)));
    if (next !== '') {
        surface.note(`more follow: add --bookmark '${next}' or --all`);
    }
}

function asItIs(page: Printable): Promise<Printable> {
    return Promise.resolve(page);
}

function chosen(row: Row, columns: readonly string[]): Row {
    return Object.fromEntries(columns.map((column) => [column, memberAt(row, column.split('.'))]));
}

function memberAt(value: Printable, [name, ...rest]: readonly string[]): Printable {
    if (name === undefined) return value;
    const members = (typeof value === 'object' && value !== null ? value : {}) as Row;
    return memberAt(members[name] ?? null, rest);
}

function parsePageSize(text: string): number {
    if (!/^[1-9]\d{0,3}$/.test(text) || Number(text) > 1000) {
        throw new Failure('INPUT_INVALID', { field: '--page-size', problem: `"${text}" is no number from 1 to 1000` });
    }
    return Number(text);
}
