// SPDX-License-Identifier: Apache-2.0
import { ConfigtxError } from './configtxError.js';
import { isMap } from './configtxFile.js';

/** Reads a YAML value at a path into a type; throws ConfigtxError. An absent value is undefined. */
type Field<T> = (value: unknown, path: string) => T;
type Fields<T> = { readonly [Key in keyof T]: Field<T[Key]> };

const factors: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

export const text: Field<string> = (value, path) => {
    if (isAbsent(value)) {
        return '';
    }
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
        throw mismatch(path, 'string', value);
    }
    return String(value);
};

export const flag: Field<boolean> = (value, path) => {
    const written = text(value, path).toLowerCase();
    if (!['', 'true', 'false', '1', '0'].includes(written)) {
        throw mismatch(path, 'bool', value);
    }
    return written === 'true' || written === '1';
};

/** An unsigned 32-bit integer, also as bytes with a unit: `512 KB` is 524288. */
export const size: Field<number> = (value, path) => {
    const [, digits, unit] = /^(\d+)\s*(?:([kmg])b?)?$/i.exec(text(value, path) || '0') ?? [];
    const amount = Number(digits ?? Number.NaN) * (factors[unit?.toLowerCase() ?? ''] ?? 1);
    if (Number.isNaN(amount)) {
        throw mismatch(path, 'uint32', value);
    }
    if (amount > 0xffffffff) {
        throw new ConfigtxError(`${decoding}'${path}': value '${text(value, path)}' overflows uint32`, 2);
    }
    return amount;
};

/** A list; `[a, b]` in a string, as environment overrides give it, is one too. */
export function list<T>(element: Field<T>): Field<readonly T[]> {
    return (value, path) => {
        const items = typeof value === 'string' ? fromBrackets(value) : value;
        if (isAbsent(items)) {
            return [];
        }
        if (!Array.isArray(items)) {
            throw mismatch(path, 'slice', value);
        }
        return items.map((item, index) => element(item, `${path}[${index}]`));
    };
}

/** A map whose keys are the user's own and keep their case. */
export function named<T>(element: Field<T>): Field<ReadonlyMap<string, T>> {
    return (value, path) => {
        if (isAbsent(value)) {
            return new Map();
        }
        if (!isMap(value)) {
            throw mismatch(path, 'map', value);
        }
        return new Map(Object.entries(value).map(([key, item]) => [key, element(item, `${path}[${key}]`)]));
    };
}

/** A map with known keys in any case; an unknown key is an error. */
export function struct<T extends object>(fields: Fields<T>): Field<T> {
    const names = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name as keyof T & string]));
    return (value, path) => {
        if (!isAbsent(value) && !isMap(value)) {
            throw mismatch(path, 'struct', value);
        }
        const given = new Map<string, unknown>();
        for (const [key, item] of Object.entries(isMap(value) ? value : {})) {
            const name = names.get(key.toLowerCase());
            if (name === undefined) {
                throw new ConfigtxError(`${decoding}'${path}' has invalid keys: ${key}`, 2);
            }
            given.set(name, item);
        }
        const read = [...names.values()].map((name) => [
            name,
            fields[name](given.get(name), path === '' ? name : `${path}.${name}`),
        ]);
        return Object.fromEntries(read) as T;
    };
}

/** A section that may be left out. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
    return (value, path) => (isAbsent(value) ? undefined : field(value, path));
}

/** A section that is allowed in the file and not looked into. */
export const ignored: Field<boolean> = (value) => !isAbsent(value);

const decoding = 'Error unmarshalling config into struct: 1 error(s) decoding:\n\n* ';

function mismatch(path: string, type: string, value: unknown): ConfigtxError {
    return new ConfigtxError(`${decoding}'${path}' expected type '${type}', got '${typeof value}'`, 2);
}

function isAbsent(value: unknown): value is null | undefined {
    return value === null || value === undefined;
}

function fromBrackets(value: string): string[] {
    const inner = value.trim().replace(/^\[|\]$/g, '');
    return inner.trim() === '' ? [] : inner.split(',').map((item) => item.trim());
}
