// SPDX-License-Identifier: Apache-2.0
/**
 * The one text of a JSON value: RFC 8785 restricted to strings, booleans, null, arrays, plain objects and safe
 * integers. Everything else (floats, -0, undefined, bigint, lone surrogates, class instances) is a TypeError, because
 * a value that two endorsers could spell differently must never reach the ledger.
 */
export function canonicalJson(value: unknown): string {
    if (value === null || typeof value === 'boolean') return String(value);
    if (typeof value === 'number') return canonicalInteger(value);
    if (typeof value === 'string') return canonicalString(value);
    if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
    if (typeof value === 'object') return canonicalObject(value);
    throw new TypeError(`canonical JSON has no ${typeof value}`);
}

function canonicalInteger(value: number): string {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
        throw new TypeError('canonical JSON has safe integers only');
    return String(value);
}

function canonicalString(text: string): string {
    if (!text.isWellFormed()) throw new TypeError('canonical JSON has no lone surrogates');
    // RFC 8785 §3.2.2.2 escapes strings exactly as ECMAScript does.
    // eslint-disable-next-line chaincode/no-json-stringify -- this is the encoder
    return JSON.stringify(text);
}

function canonicalObject(object: object): string {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype !== Object.prototype && prototype !== null)
        throw new TypeError('canonical JSON has plain objects only');
    // RFC 8785 §3.2.3 orders keys by UTF-16 code units, which is how < compares strings.
    const members = object as Readonly<Record<string, unknown>>;
    let text = '';
    for (const key of Object.keys(members).sort(byCodeUnits)) {
        text += `${text === '' ? '' : ','}${canonicalString(key)}:${canonicalJson(members[key])}`;
    }
    return `{${text}}`;
}

function byCodeUnits(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}
