// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode, type Decodable } from '../wire/decode.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** Turns a field of a message into JSON the way Fabric's protolator does. */
export type Shape = (value: unknown) => Json;

export const bytes: Shape = (value) => asBuffer(value as Uint8Array | undefined).toString('base64');
export const text: Shape = (value) => (typeof value === 'string' ? value : '');
export const number: Shape = (value) => (typeof value === 'number' ? value : 0);
export const flag: Shape = (value) => value === true;
/** 64-bit integers are strings in protobuf's JSON. */
export const uint64: Shape = (value) => String(typeof value === 'number' ? value : 0);

export const timestamp: Shape = (value) => {
    const { seconds = 0, nanos = 0 } = (value ?? {}) as { seconds?: number; nanos?: number };
    const fraction =
        nanos === 0
            ? ''
            : `.${String(nanos)
                  .padStart(9, '0')
                  .replace(/(000)+$/, '')}`;
    return new Date(seconds * 1000).toISOString().replace('.000Z', `${fraction}Z`);
};

export function enumeration(names: Readonly<Record<string, number>>): Shape {
    const byNumber = new Map(Object.entries(names).map(([name, code]) => [code, name]));
    return (value) => byNumber.get(typeof value === 'number' ? value : 0) ?? (value as number);
}

/** A message; `fields` are given by their JSON names, which are the camelCase field names with underscores. */
export function message(fields: Readonly<Record<string, Shape>>): Shape {
    const names = Object.keys(fields).sort();
    return (value) =>
        value === null || value === undefined
            ? null
            : sortedObject(names, (name) => fields[name]?.(fieldOf(value, name)) ?? null);
}

/** A message in which fields of a oneof appear only if set. */
export function oneOf(fields: Readonly<Record<string, Shape>>): Shape {
    return (value) => {
        const names = Object.keys(fields).filter((name) => {
            const field = fieldOf(value ?? {}, name);
            return field !== null && field !== undefined;
        });
        return sortedObject(names.sort(), (name) => fields[name]?.(fieldOf(value, name)) ?? null);
    };
}

export function list(element: Shape): Shape {
    return (value) => (Array.isArray(value) ? value.map((item) => element(item)) : []);
}

export function map(element: (item: unknown, key: string) => Json): Shape {
    return (value) => {
        const entries = (value ?? {}) as Readonly<Record<string, unknown>>;
        return sortedObject(Object.keys(entries).sort(), (key) => element(entries[key], key));
    };
}

/** Bytes that hold a message; none at all is null. */
export function opaque(type: Decodable<unknown>, shape: Shape): Shape {
    return (value) => {
        const content = asBuffer(value as Uint8Array | undefined);
        return content.length === 0 ? null : shape(decode(type, content, 'message'));
    };
}

function sortedObject(names: readonly string[], valueOf: (name: string) => Json): Json {
    return Object.fromEntries(names.map((name) => [name, valueOf(name)]));
}

function fieldOf(value: unknown, jsonName: string): unknown {
    const camelCase = jsonName.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return (value as Readonly<Record<string, unknown>>)[camelCase];
}
