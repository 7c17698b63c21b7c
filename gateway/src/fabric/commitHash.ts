// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { type ChainWrite } from '../application/audit/chainBlock.js';

/** Hashed writes of one private data collection. */
export interface CollectionWrites {
    readonly namespace: string;
    readonly collection: string;
    readonly writes: readonly { readonly key: Uint8Array; readonly value: Uint8Array | undefined }[];
}

/** What a transaction does to the outcome of its block. */
export interface OutcomeTransaction {
    readonly isValid: boolean;
    readonly writes: readonly ChainWrite[];
    readonly collections: readonly CollectionWrites[];
    /** Changing a key's policy writes its value again, which the block does not hold. */
    readonly changesMetadata: boolean;
}

interface Update {
    readonly key: Buffer;
    readonly value: Uint8Array | undefined;
    readonly version: Buffer;
}

/**
 * The hash that chains the outcome of every block: SHA-256 over the number of transactions, their validation codes, the
 * block's net updates and the hash before it (core/ledger/kvledger, addBlockCommitHash). Undefined where the block alone
 * does not tell its updates.
 */
export function commitHash(
    block: number,
    codes: Uint8Array,
    transactions: readonly OutcomeTransaction[],
    previous: Uint8Array,
): string | undefined {
    if (transactions.some(({ changesMetadata }) => changesMetadata)) return undefined;
    const updates = encodeUpdates(netUpdates(block, transactions));
    const parts = [varint(codes.length), codes, updates, previous];
    return parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
}

/** The last update of each key, by namespace and then by collection; public keys have the collection ''. */
type Spaces = Map<string, Map<string, Map<string, Update>>>;

function netUpdates(block: number, transactions: readonly OutcomeTransaction[]): Spaces {
    const spaces: Spaces = new Map();
    const put = (namespace: string, collection: string, update: Update): void => {
        const collections = spaces.get(namespace) ?? new Map<string, Map<string, Update>>();
        const updates = collections.get(collection) ?? new Map<string, Update>();
        updates.set(update.key.toString('hex'), update);
        spaces.set(namespace, collections.set(collection, updates));
    };
    for (const [index, { isValid, writes, collections }] of transactions.entries()) {
        if (!isValid) continue;
        const version = Buffer.concat([orderPreserving(block), orderPreserving(index)]);
        for (const { namespace, key, value } of writes) put(namespace, '', { key: Buffer.from(key), value, version });
        for (const { namespace, collection, writes: hashed } of collections) {
            for (const { key, value } of hashed) put(namespace, collection, { key: Buffer.from(key), value, version });
        }
    }
    return spaces;
}

/** Updates{repeated KVWrite} as core/ledger/kvledger/txmgmt/txmgr writes it: names only where they change. */
function encodeUpdates(spaces: Spaces): Buffer {
    const parts: Buffer[] = [];
    for (const [namespace, collections] of sorted(spaces)) {
        let isFirst = true;
        for (const [collection, updates] of sorted(collections)) {
            const ordered = [...updates.values()].sort((a, b) => Buffer.compare(a.key, b.key));
            for (const [index, { key, value, version }] of ordered.entries()) {
                const write = Buffer.concat([
                    ...(isFirst ? field(1, Buffer.from(namespace)) : []),
                    ...(collection !== '' && index === 0 ? field(2, Buffer.from(collection)) : []),
                    ...field(3, key),
                    ...(value === undefined ? [Buffer.from([4 << 3, 1])] : field(5, value)),
                    ...field(6, version),
                ]);
                isFirst = false;
                parts.push(...message(write));
            }
        }
    }
    return Buffer.concat(parts);
}

function sorted<V>(map: ReadonlyMap<string, V>): readonly (readonly [string, V])[] {
    return [...map].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** A field of bytes; proto3 leaves out an empty one. */
function field(number: number, bytes: Uint8Array): readonly Uint8Array[] {
    return bytes.length === 0 ? [] : [Buffer.from([(number << 3) | 2]), varint(bytes.length), bytes];
}

function message(bytes: Buffer): readonly Buffer[] {
    return [Buffer.from([(1 << 3) | 2]), varint(bytes.length), bytes];
}

/** The number of bytes that follow, then those bytes, the highest first (common/ledger/util). */
function orderPreserving(value: number): Buffer {
    const hex = value === 0 ? '' : value.toString(16);
    const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
    return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function varint(value: number): Buffer {
    const bytes: number[] = [];
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
    return Buffer.from([...bytes, rest]);
}
