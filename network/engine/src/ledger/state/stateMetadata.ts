// SPDX-License-Identifier: Apache-2.0
import { compareUtf8 } from '../../wire/orderedBytes.js';
import { decode, encode } from '../../wire/decode.js';
import { kvrwset } from '../../wire/protobuf.js';

const none: ReadonlyMap<string, Buffer> = new Map();

/** Metadata of a key by name; empty when the key has none. */
export function parseMetadata(serialized: Buffer | undefined): ReadonlyMap<string, Buffer> {
    if (serialized === undefined) {
        return none;
    }
    const { entries } = decode(kvrwset.KVMetadataWrite, serialized, 'state metadata');
    return new Map(entries.map((entry) => [entry.name ?? '', Buffer.from(entry.value ?? [])]));
}

/** Entries sorted by name, empty fields left out. */
export function metadataEntries(metadata: ReadonlyMap<string, Uint8Array>): kvrwset.KVMetadataEntry.$Properties[] {
    return [...metadata]
        .sort(([a], [b]) => compareUtf8(a, b))
        .map(([name, value]) => ({ ...(name !== '' && { name }), ...(value.length > 0 && { value }) }));
}

/** Stored form of a metadata write: its entries without the key. */
export function serializeMetadata(entries: kvrwset.KVMetadataEntry.$Properties[]): Buffer {
    return encode(kvrwset.KVMetadataWrite, { entries });
}
