// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode, encode, type Decodable, type Encodable } from '../../wire/decode.js';
import { ConfigurationError, withContext } from '../configurationError.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Turns a field of a message into JSON and back, the way Fabric's protolator does. */
export interface Shape {
    toJson(value: unknown): Json;
    /** Throws ConfigurationError on JSON of another form. */
    fromJson(json: Json): unknown;
    /** A member of a oneof: it appears only if it is set, also when it is set to its default. */
    readonly isOneOf?: boolean;
}

type Message = Readonly<Record<string, unknown>>;
/** A field whose form depends on the rest of its message. */
type Fields = Readonly<Record<string, Shape | ((message: Message) => Shape)>>;
interface MessageType extends Decodable<unknown>, Encodable<never> {}

export const bytes: Shape = {
    toJson: (value) => asBuffer(value as Uint8Array | undefined).toString('base64'),
    fromJson: (json) => Buffer.from(expected('string', json), 'base64'),
};
export const text: Shape = {
    toJson: (value) => (typeof value === 'string' ? value : ''),
    fromJson: (json) => expected('string', json),
};
export const number: Shape = {
    toJson: (value) => (typeof value === 'number' ? value : 0),
    fromJson: (json) => wholeNumber(json),
};
export const flag: Shape = {
    toJson: (value) => value === true,
    fromJson: (json) => expected('boolean', json),
};
/** 64-bit integers are strings in protobuf's JSON. */
export const uint64: Shape = {
    toJson: (value) => String(typeof value === 'number' ? value : 0),
    fromJson: (json) => wholeNumber(json),
};

export const timestamp: Shape = {
    toJson: (value) => {
        if (value === null || value === undefined) {
            return null;
        }
        const { seconds = 0, nanos = 0 } = value as { seconds?: number; nanos?: number };
        const digits = String(nanos)
            .padStart(9, '0')
            .replace(/(000)+$/, '');
        const fraction = nanos === 0 ? '' : `.${digits}`;
        return new Date(seconds * 1000).toISOString().replace('.000Z', `${fraction}Z`);
    },
    fromJson: (json) => {
        const written = expected('string', json);
        const [, whole = '', fraction = '', zone = ''] =
            /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(written) ?? [];
        const seconds = Date.parse(whole + zone) / 1000;
        if (Number.isNaN(seconds)) {
            throw new ConfigurationError(`invalid google.protobuf.Timestamp value ${JSON.stringify(written)}`);
        }
        const nanos = Number(fraction.padEnd(9, '0'));
        return { ...(seconds !== 0 && { seconds }), ...(nanos !== 0 && { nanos }) };
    },
};

export function enumeration(names: Readonly<Record<string, number>>): Shape {
    const byNumber = new Map(Object.entries(names).map(([name, code]) => [code, name]));
    return {
        toJson: (value) => byNumber.get(typeof value === 'number' ? value : 0) ?? (value as number),
        fromJson: (json) => {
            if (typeof json === 'string' && Object.hasOwn(names, json)) {
                return names[json];
            }
            return wholeNumber(json);
        },
    };
}

/** A message; `fields` are given by their names in the protocol, which are the camelCase names with underscores. */
export function message(fields: Fields): Shape {
    const names = Object.keys(fields).sort();
    const shapeOf = (name: string, of: Message): Shape => {
        const field = fields[name];
        if (field === undefined) {
            throw new ConfigurationError(`unknown field ${JSON.stringify(name)}`);
        }
        return typeof field === 'function' ? field(of) : field;
    };
    return {
        toJson: (value) => {
            if (value === null || value === undefined) {
                return null;
            }
            const of = value as Message;
            const shown = names.filter((name) => isShown(fields[name], of[camelCase(name)]));
            return Object.fromEntries(shown.map((name) => [name, shapeOf(name, of).toJson(of[camelCase(name)])]));
        },
        fromJson: (json) => {
            const given = Object.entries(object(json));
            given.forEach(([name]) => {
                if (!Object.hasOwn(fields, name)) throw new ConfigurationError(`unknown field ${JSON.stringify(name)}`);
            });
            const built: Record<string, unknown> = {};
            // Fields that decide on the form of others come first.
            for (const [name, part] of given.sort(([a], [b]) => order(fields[a]) - order(fields[b]))) {
                if (part === null) {
                    continue;
                }
                const shape = shapeOf(name, built);
                const value = withContext(name, () => shape.fromJson(part));
                if (shape.isOneOf === true || !isDefault(value)) {
                    built[camelCase(name)] = value;
                }
            }
            return built;
        },
    };
}

export function oneOf(shape: Shape): Shape {
    return { ...shape, isOneOf: true };
}

export function list(element: Shape): Shape {
    return {
        toJson: (value) => (Array.isArray(value) ? value.map((item) => element.toJson(item)) : []),
        fromJson: (json) => {
            if (!Array.isArray(json)) {
                throw new ConfigurationError('expected a list');
            }
            return (json as readonly Json[]).map((item) => element.fromJson(item));
        },
    };
}

export function map(element: Shape | ((key: string) => Shape)): Shape {
    const shapeOf = (key: string): Shape => (typeof element === 'function' ? element(key) : element);
    return {
        toJson: (value) => {
            const entries = (value ?? {}) as Message;
            const keys = Object.keys(entries).sort();
            return Object.fromEntries(keys.map((key) => [key, shapeOf(key).toJson(entries[key])]));
        },
        fromJson: (json) =>
            Object.fromEntries(
                Object.entries(object(json)).map(([key, part]) => [
                    key,
                    withContext(key, () => shapeOf(key).fromJson(part)),
                ]),
            ),
    };
}

/** Bytes that hold a message; none at all is null. */
export function opaque(type: MessageType, shape: Shape): Shape {
    return {
        toJson: (value) => {
            const content = asBuffer(value as Uint8Array | undefined);
            return content.length === 0 ? null : shape.toJson(decode(type, content, 'message'));
        },
        fromJson: (json) => encode(type, shape.fromJson(json) as never),
    };
}

/** A shape that is named before it is known, for messages that contain themselves. */
export function lazily(shape: () => Shape): Shape {
    return { toJson: (value) => shape().toJson(value), fromJson: (json) => shape().fromJson(json) };
}

function isShown(field: Fields[string] | undefined, value: unknown): boolean {
    const isUnset = value === null || value === undefined;
    return !(isUnset && typeof field === 'object' && field.isOneOf === true);
}

function order(field: Fields[string] | undefined): number {
    return typeof field === 'function' ? 1 : 0;
}

/** Values that proto3 does not write. */
function isDefault(value: unknown): boolean {
    return value === 0 || value === '' || value === false || (Buffer.isBuffer(value) && value.length === 0);
}

function camelCase(name: string): string {
    return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function object(json: Json): Readonly<Record<string, Json>> {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
        throw new ConfigurationError('expected an object');
    }
    return json as Readonly<Record<string, Json>>;
}

function expected(type: 'string', json: Json): string;
function expected(type: 'boolean', json: Json): boolean;
function expected(type: string, json: Json): Json {
    if (typeof json !== type) {
        throw new ConfigurationError(`expected a ${type}, got ${JSON.stringify(json)}`);
    }
    return json;
}

function wholeNumber(json: Json): number {
    const value = typeof json === 'string' && /^-?\d+$/.test(json) ? Number(json) : json;
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
        throw new ConfigurationError(`expected a whole number, got ${JSON.stringify(json)}`);
    }
    return value;
}
