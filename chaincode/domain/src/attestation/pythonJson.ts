// SPDX-License-Identifier: Apache-2.0
import { type LosslessJson, members, spellingOf } from '../encoding/json.js';

/**
 * How Python spells text in JSON: `py-sorted/1` escapes everything but printable ASCII (`ensure_ascii=True`, the
 * default), `py-sorted-utf8/1` only what JSON requires (`ensure_ascii=False`).
 */
export type PythonCanonicalisation = 'py-sorted/1' | 'py-sorted-utf8/1';

/**
 * The text Python's `json.dumps(value, sort_keys=True, separators=(',', ':'))` writes. Numbers keep the spelling of
 * the file (Q30). It differs from RFC 8785 in the order of keys (code points) and in the escaping of text.
 */
export function pythonJson(value: LosslessJson, canonicalisation: PythonCanonicalisation): string {
    if (value === null || typeof value === 'boolean') return String(value);
    const spelling = spellingOf(value);
    if (spelling !== undefined) return spelling;
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') return pythonString(value, canonicalisation);
    if (isList(value)) return `[${value.map((item) => pythonJson(item, canonicalisation)).join(',')}]`;
    const found = members(value);
    const texts = sortedNames(found).map(
        (name) => `${pythonString(name, canonicalisation)}:${pythonJson(found[name] ?? null, canonicalisation)}`,
    );
    return `{${texts.join(',')}}`;
}

const shortEscapes: Readonly<Record<string, string>> = {
    '"': '\\"',
    '\\': '\\\\',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
};

function pythonString(text: string, canonicalisation: PythonCanonicalisation): string {
    // Printable ASCII without quote and backslash; beyond it `ensure_ascii=False` leaves everything from U+007F on.
    const escaped = canonicalisation === 'py-sorted/1' ? /[^ !#-[\]-~]/g : /[^ !#-[\]-\uffff]/g;
    if (text.search(escaped) < 0) return `"${text}"`;
    return `"${text.replace(escaped, (unit) => shortEscapes[unit] ?? unicodeEscape(unit))}"`;
}

function unicodeEscape(unit: string): string {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Python compares strings by code points, JavaScript by UTF-16 units; they differ from the surrogates on. */
function sortedNames(found: Readonly<Record<string, LosslessJson>>): readonly string[] {
    const names = Object.keys(found);
    return /[\ud800-\uffff]/.test(names.join('')) ? names.sort(compareCodePoints) : names.sort();
}

function compareCodePoints(a: string, b: string): number {
    const [left, right] = [Array.from(a), Array.from(b)];
    for (let at = 0; at < Math.min(left.length, right.length); at++) {
        const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
        if (difference !== 0) return difference;
    }
    return left.length - right.length;
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: LosslessJson): value is readonly LosslessJson[] {
    return Array.isArray(value);
}
