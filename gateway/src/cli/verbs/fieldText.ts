// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import {
    amount,
    digest,
    euro,
    hex,
    instant,
    type Json,
    parseJson,
    positiveAmount,
    postQuantumKey,
    publicKey,
    ratio,
    type Schema,
} from '@power-currency/domain';
import { formatUnits, parseUnits } from '../../application/decimalAmount.js';
import { Failure } from '../../application/failure.js';
import { propertiesOf } from '../../application/intents/intentTable.js';
import { readKeyFile, readPostQuantumKeyFile } from '../../keys/keyFile.js';
import { readInput } from '../readInput.js';
import { parseCsv } from './csv.js';
import { type Field, fieldsOf } from './fields.js';
import { parseTime } from './time.js';

/** What texts of the command line are read by. */
interface Reading {
    /** Decimals of the asset that amounts are in; undefined where amounts are given in minor units. */
    readonly decimals: number | undefined;
    readonly now: Date;
}

/** The field's value in wire form. @throws Failure INPUT_INVALID naming the field */
export function readField({ name, shape, schema }: Field, given: unknown, reading: Reading): Json {
    if (shape === 'flag') return given === true;
    if (shape === 'words') return (given as readonly string[]).map((text) => readWord(name, schema, text, reading));
    if (shape === 'rows') return readRows(String(given), schema, reading);
    if (shape === 'json') return readJson(name, String(given));
    return readWord(name, schema, String(given), reading);
}

/** One row a line, under a header that names the columns. */
function readRows(file: string, schema: Schema, reading: Reading): Json {
    const fields = fieldsOf(propertiesOf(schema));
    return parseCsv(readInput(file).toString('utf8'), file).map(({ line, cells }) => {
        const where = `${file} line ${String(line)}`;
        const stranger = Object.keys(cells).find((column) => !fields.some(({ name }) => name === column));
        if (stranger !== undefined) refuseInput(where, `there is no column ${stranger}`);
        return Object.fromEntries(
            fields.map(({ name, schema: column, fallback }) => {
                const text = cells[name];
                if (text === undefined) return [name, fallback ?? refuseInput(where, `the column ${name} is missing`)];
                return [name, readWord(`${where}, ${name}`, column, text, reading)];
            }),
        );
    });
}

type Reader = (name: string, text: string, reading: Reading) => Json;

/** What the command line takes beside the ledger's own form. */
const readers = new Map<Schema, Reader>([
    [amount.schema, readAmount],
    [positiveAmount.schema, readAmount],
    [instant.schema, (name, text, { now }) => parseTime(text, now) ?? refuseInput(name, `"${text}" is no ${timeForm}`)],
    [publicKey.schema, (_, text) => (isHexadecimal(text, 32) ? text : hex(readKeyFile(text).publicKey))],
    [
        postQuantumKey.schema,
        (_, text) => (isHexadecimal(text, 1952) ? text : hex(readPostQuantumKeyFile(text).publicKey)),
    ],
    [digest.schema, (_, text) => (isHexadecimal(text, 32) ? text : digestOfFile(text))],
    [euro.schema, (_, text) => sixDecimals(text)],
    [ratio.schema, (_, text) => sixDecimals(text)],
]);

function readWord(name: string, schema: Schema, text: string, reading: Reading): Json {
    const read = readers.get(schema);
    if (read !== undefined) return read(name, text, reading);
    if (schema.type !== 'integer') return text;
    const pattern = Number(schema.minimum) < 0 ? /^(0|-?[1-9]\d{0,14})$/ : /^(0|[1-9]\d{0,14})$/;
    return pattern.test(text) ? Number(text) : refuseInput(name, `"${text}" is no whole number`);
}

/** The ledger's spelling of a number of at most six decimals. */
function sixDecimals(text: string): string {
    const millionths = parseUnits(text, 6);
    return millionths === undefined ? text : formatUnits(millionths, 6);
}

const timeForm = 'time such as 2026-01-31T12:00:00Z or +48h';

function readAmount(name: string, text: string, { decimals }: Reading): string {
    if (decimals === undefined) return text;
    const minor = parseUnits(text, decimals);
    const form = `a number such as 12.50 with at most ${String(decimals)} decimals`;
    return minor?.toString() ?? refuseInput(name, `"${text}" is not ${form}; --minor takes minor units`);
}

function isHexadecimal(text: string, byteCount: number): boolean {
    return text.length === 2 * byteCount && /^[0-9a-f]+$/.test(text);
}

/** Evidence stays where it is; the ledger is given its SHA-256 digest. */
function digestOfFile(file: string): string {
    return createHash('sha256').update(readInput(file)).digest('hex');
}

function readJson(name: string, text: string): Json {
    try {
        return parseJson(text);
    } catch (error) {
        return refuseInput(name, `it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
}

function refuseInput(field: string, problem: string): never {
    throw new Failure('INPUT_INVALID', { field, problem });
}
