// SPDX-License-Identifier: Apache-2.0
import { stringify } from 'yaml';

export const outputFormats = ['table', 'json', 'yaml'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** A value of JSON, as the ledger sends it. */
export type Printable =
    null | boolean | number | string | readonly Printable[] | { readonly [name: string]: Printable };

/** Writes a value for people (table) or programs (one line of JSON, YAML). Ends with a line end. */
export function format(value: Printable, as: OutputFormat): string {
    const formats: Readonly<Record<OutputFormat, () => string>> = {
        json: () => `${JSON.stringify(value)}\n`,
        yaml: () => stringify(value),
        table: () => table(value),
    };
    return formats[as]();
}

function table(value: Printable): string {
    if (isList(value)) {
        return value.length === 0 ? 'none\n' : rows(value.map(flatten));
    }
    return isRecord(value) ? pairs(flatten(value)) : `${String(value)}\n`;
}

type Flat = Readonly<Record<string, string>>;

/** Columns are named after the fields; a field of a field is named with a dot. */
function flatten(value: Printable): Flat {
    if (!isRecord(value)) {
        return { value: cell(value) };
    }
    const flat: Record<string, string> = {};
    for (const [name, member] of Object.entries(value)) {
        if (isRecord(member)) {
            for (const [inner, text] of Object.entries(flatten(member))) {
                flat[`${name}.${inner}`] = text;
            }
        } else {
            flat[name] = cell(member);
        }
    }
    return flat;
}

/** Terminal control characters in ledger text would let a stranger draw on the operator's screen. */
function cell(value: Printable): string {
    return printable(isList(value) ? value.map(word).join(' ') : word(value));
}

/** Text without control characters. */
export function printable(text: string): string {
    return text.replace(/\p{Cc}/gu, '�');
}

function word(value: Printable): string {
    if (value === null) {
        return '-';
    }
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function rows(list: readonly Flat[]): string {
    const names = [...new Set(list.flatMap((row) => Object.keys(row)))];
    const columns = [...names.filter(isName), ...names.filter((name) => !isName(name))];
    const lines = [
        columns.map((name) => name.toUpperCase()),
        ...list.map((row) => columns.map((name) => row[name] ?? '-')),
    ];
    const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
    return lines
        .map(
            (line) =>
                `${line
                    .map((text, index) => text.padEnd(widths[index] ?? 0))
                    .join('  ')
                    .trimEnd()}\n`,
        )
        .join('');
}

/** Canonical JSON orders fields by letter; people look for the name first. */
function isName(column: string): boolean {
    return /^(current|name|day|[a-z]+Id)$/.test(column);
}

function pairs(flat: Flat): string {
    const width = Math.max(0, ...Object.keys(flat).map((name) => name.length));
    return Object.entries(flat)
        .map(([name, text]) => `${name.padEnd(width)}  ${text}\n`)
        .join('');
}

function isRecord(value: Printable): value is Readonly<Record<string, Printable>> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Printable): value is readonly Printable[] {
    return Array.isArray(value);
}
