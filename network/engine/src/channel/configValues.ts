// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode, type Decodable } from '../wire/decode.js';
import { type common } from '../wire/protobuf.js';
import { ConfigurationError, withContext } from './configurationError.js';

/** The values that a group of the configuration may hold, by key. */
type ValueTypes = Readonly<Record<string, Decodable<unknown>>>;
type Values<T extends ValueTypes> = {
    readonly [Key in keyof T]?: T[Key] extends Decodable<infer Message> ? Message : never;
};

/** Reads the values of a group; a key that is not known at its level makes the configuration invalid. */
export function readValues<T extends ValueTypes>(group: common.ConfigGroup.$Properties, types: T): Values<T> {
    return withContext('failed to deserialize values', () => {
        const values: Record<string, unknown> = {};
        for (const [key, { value }] of Object.entries(group.values ?? {})) {
            const type = Object.hasOwn(types, key) ? types[key] : undefined;
            if (type === undefined) {
                throw new ConfigurationError(`Unexpected key ${key}`);
            }
            values[key] = decode(type, asBuffer(value), key);
        }
        return values as Values<T>;
    });
}
