// SPDX-License-Identifier: Apache-2.0
import {
    type BookValue,
    canonicalJson,
    type Codec,
    DomainError,
    JsonSyntaxError,
    parseJson,
    refuse,
} from '@power-currency/domain';
import { encodeKey, type StateKey } from './stateKey.js';

/**
 * One kind of record: the first part of its keys, its form and, where it holds or counts money, what it says to the
 * books. The keys of such a table have the asset's code as their second part.
 */
export interface StateTable<V> {
    readonly name: string;
    readonly codec: Codec<V>;
    readonly bookOf?: BookOf<V>;
}

/** Bivariant on purpose: a table of one kind of record is a table of records. */
type BookOf<V> = { of(value: V): BookValue }['of'];

/** One record of a table. */
export interface StateRef<V = unknown> {
    readonly table: StateTable<V>;
    readonly key: StateKey;
}

/** The record of `table` under these parts. */
export function refTo<V>(table: StateTable<V>, ...parts: readonly string[]): StateRef<V> {
    return { table, key: encodeKey([table.name, ...parts]) };
}

/** The bytes a record is stored as: canonical JSON, so that endorsers write the same ones. */
export function encodeRecord<V>(table: StateTable<V>, value: V): Uint8Array {
    return Buffer.from(canonicalJson(table.codec.encode(value)));
}

/** Throws STATE_CORRUPT: a record that cannot be read must stop the transaction, never be skipped. */
export function decodeRecord<V>(table: StateTable<V>, bytes: Uint8Array): V {
    const text = textOf(table, bytes);
    try {
        return table.codec.decode(parseJson(text), '');
    } catch (thrown) {
        if (thrown instanceof DomainError || thrown instanceof JsonSyntaxError) {
            return refuse('STATE_CORRUPT', { objectType: table.name, reason: thrown.message });
        }
        throw thrown;
    }
}

const utf8Decoder = new TextDecoder('utf-8', { fatal: true });

function textOf<V>(table: StateTable<V>, bytes: Uint8Array): string {
    try {
        return utf8Decoder.decode(bytes);
    } catch {
        return refuse('STATE_CORRUPT', { objectType: table.name, reason: 'not UTF-8' });
    }
}
