// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { sha256 } from '../../wire/hashing.js';
import { compareUtf8 } from '../../wire/orderedBytes.js';
import { ledger } from '../../wire/protobuf.js';
import { versionBytes } from '../state/height.js';
import type { SpaceUpdates, StateUpdate, UpdateBatch } from '../state/updateBatch.js';

/**
 * Hash that chains the outcome of every block of a channel: SHA-256 over the number of transactions, their validation
 * codes, the block's net updates and the previous commit hash (core/ledger/kvledger addBlockCommitHash).
 */
export function commitHash(codes: Uint8Array, updates: Uint8Array, previous: Uint8Array): Buffer {
    return sha256(encodeVarint(codes.length), codes, updates, previous);
}

/**
 * Deterministic bytes of a block's net updates (core/ledger/kvledger/txmgmt/txmgr updateBytesBuilder). The namespace ''
 * with the channel configuration, key metadata and clear text of private data are not part of them.
 */
export function updateBytes(batch: UpdateBatch): Buffer {
    const kvWrites: ledger.KVWrite.$Properties[] = [];
    for (const [namespace, spaces] of spacesByNamespace(batch)) {
        const start = kvWrites.length;
        for (const space of spaces) {
            appendSpace(kvWrites, space);
        }
        const first = kvWrites[start];
        if (first !== undefined) {
            first.namespace = namespace;
        }
    }
    return encode(ledger.Updates, { kvWrites });
}

function spacesByNamespace(batch: UpdateBatch): [string, SpaceUpdates[]][] {
    const namespaces = new Map<string, SpaceUpdates[]>();
    for (const space of batch.spaces.values()) {
        if (space.namespace === '' || (space.kind !== 'public' && space.kind !== 'hashed')) {
            continue;
        }
        const known = namespaces.get(space.namespace);
        if (known === undefined) {
            namespaces.set(space.namespace, [space]);
        } else {
            known.push(space);
        }
    }
    for (const spaces of namespaces.values()) {
        spaces.sort((a, b) => rank(a) - rank(b) || compareUtf8(a.collection, b.collection));
    }
    return [...namespaces].sort(([a], [b]) => compareUtf8(a, b));
}

function rank(space: SpaceUpdates): number {
    return space.kind === 'public' ? 0 : 1;
}

function appendSpace(kvWrites: ledger.KVWrite.$Properties[], { kind, collection, entries }: SpaceUpdates): void {
    const hashed = kind === 'hashed';
    const sorted = [...entries].sort(([a], [b]) => compareUtf8(a, b));
    for (const [index, [key, update]] of sorted.entries()) {
        const write = writeOf(Buffer.from(key, hashed ? 'hex' : 'utf8'), update);
        if (hashed && index === 0) {
            write.collection = collection;
        }
        kvWrites.push(write);
    }
}

function writeOf(key: Buffer, { value, version }: StateUpdate): ledger.KVWrite.$Properties {
    return {
        ...(key.length > 0 && { key }),
        ...(value === undefined ? { isDelete: true } : { value }),
        versionBytes: versionBytes(version),
    };
}

/** Protobuf's base-128 form. */
function encodeVarint(value: number): Buffer {
    const bytes: number[] = [];
    let rest = value;
    while (rest > 0x7f) {
        bytes.push((rest % 0x80) | 0x80);
        rest = Math.floor(rest / 0x80);
    }
    bytes.push(rest);
    return Buffer.from(bytes);
}
