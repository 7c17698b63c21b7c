// SPDX-License-Identifier: Apache-2.0
import { jsonDepthMax } from './json.js';

type Scanned<N> = null | boolean | N | string | Scanned<N>[] | { [key: string]: Scanned<N> };

/** Why a text is not JSON the ledger accepts, and where. */
export class JsonSyntaxError extends Error {
    override readonly name = 'JsonSyntaxError';
}

/**
 * Reads RFC 8259 JSON and hands each number's spelling to `number`. Stricter than `JSON.parse`, because two parsers
 * that disagree would give one document two meanings: duplicate keys, lone surrogates, a byte order mark and
 * nesting deeper than {@link jsonDepthMax} are refused. Objects have no prototype.
 */
export function scanJson<N>(text: string, number: (token: string) => N): Scanned<N> {
    const cursor = { text, at: 0, number };
    const value = scanValue(cursor, 0);
    skipSpace(cursor);
    if (cursor.at !== text.length) fail(cursor, 'text after the document');
    return value;
}

interface Cursor<N> {
    readonly text: string;
    readonly number: (token: string) => N;
    at: number;
}

const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const spacePattern = /[ \t\n\r]*/y;
/** From the space on, without quote and backslash. */
const plainCharacters = /[ !#-[\]-\uffff]*/y;
const literals = { true: true, false: false, null: null } as const;
const escapes: Readonly<Record<string, string>> = {
    '"': '"',
    '\\': '\\',
    '/': '/',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
};

function scanValue<N>(cursor: Cursor<N>, depth: number): Scanned<N> {
    if (depth > jsonDepthMax) fail(cursor, 'nested too deeply');
    skipSpace(cursor);
    const first = cursor.text.charAt(cursor.at);
    if (first === '{') return scanObject(cursor, depth);
    if (first === '[') return scanArray(cursor, depth);
    if (first === '"') return scanString(cursor);
    for (const [word, value] of Object.entries(literals)) {
        if (!cursor.text.startsWith(word, cursor.at)) continue;
        cursor.at += word.length;
        return value;
    }
    const token = match(cursor, numberPattern);
    return token === '' ? fail(cursor, 'no JSON value') : cursor.number(token);
}

function scanObject<N>(cursor: Cursor<N>, depth: number): Scanned<N> {
    const object = Object.create(null) as Record<string, Scanned<N>>;
    cursor.at++;
    if (accept(cursor, '}')) return object;
    do {
        skipSpace(cursor);
        const key = scanString(cursor);
        if (Object.hasOwn(object, key)) fail(cursor, 'a duplicate key');
        if (!accept(cursor, ':')) fail(cursor, 'no colon after a key');
        object[key] = scanValue(cursor, depth + 1);
    } while (accept(cursor, ','));
    if (!accept(cursor, '}')) fail(cursor, 'an object that does not end');
    return object;
}

function scanArray<N>(cursor: Cursor<N>, depth: number): Scanned<N> {
    const array: Scanned<N>[] = [];
    cursor.at++;
    if (accept(cursor, ']')) return array;
    do array.push(scanValue(cursor, depth + 1));
    while (accept(cursor, ','));
    if (!accept(cursor, ']')) fail(cursor, 'an array that does not end');
    return array;
}

function scanString<N>(cursor: Cursor<N>): string {
    if (cursor.text.charAt(cursor.at) !== '"') fail(cursor, 'no string');
    cursor.at++;
    let string = match(cursor, plainCharacters);
    for (;;) {
        const next = cursor.text.charAt(cursor.at);
        if (next === '"') break;
        if (next !== '\\') fail(cursor, 'a string that does not end');
        string += scanEscape(cursor) + match(cursor, plainCharacters);
    }
    cursor.at++;
    // A lone surrogate has no UTF-8 form: two different texts would reach the peer as the same bytes.
    if (!string.isWellFormed()) fail(cursor, 'a lone surrogate');
    return string;
}

function scanEscape<N>(cursor: Cursor<N>): string {
    const letter = cursor.text.charAt(cursor.at + 1);
    if (letter === 'u') {
        const digits = cursor.text.slice(cursor.at + 2, cursor.at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail(cursor, 'a malformed escape');
        cursor.at += 6;
        return String.fromCharCode(Number.parseInt(digits, 16));
    }
    cursor.at += 2;
    return escapes[letter] ?? fail(cursor, 'a malformed escape');
}

function skipSpace<N>(cursor: Cursor<N>): void {
    // Nothing but the four spaces of RFC 8259 has a code this small, outside of strings; canonical JSON has none.
    if (cursor.text.charCodeAt(cursor.at) <= 0x20) match(cursor, spacePattern);
}

function accept<N>(cursor: Cursor<N>, character: string): boolean {
    skipSpace(cursor);
    if (cursor.text.charAt(cursor.at) !== character) return false;
    cursor.at++;
    return true;
}

function match<N>(cursor: Cursor<N>, sticky: RegExp): string {
    sticky.lastIndex = cursor.at;
    const found = sticky.exec(cursor.text)?.[0] ?? '';
    cursor.at += found.length;
    return found;
}

function fail<N>(cursor: Cursor<N>, what: string): never {
    throw new JsonSyntaxError(`${what} at character ${String(cursor.at)}`);
}
