// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode, encode } from '../../wire/decode.js';
import { sha256 } from '../../wire/hashing.js';
import { kvrwset } from '../../wire/protobuf.js';
import { isAfter, type Version } from '../state/height.js';
import { isDelete } from '../simulation/keyOperations.js';
import type { ClearWrite } from './privateDataStore.js';
import type { CollectionReadWriteSet } from '../simulation/readWriteSet.js';
import type { StateReader } from '../state/stateReader.js';
import { hashedKey, hashedKeyOf } from '../state/stateSpace.js';
import type { UpdateBatch } from '../state/updateBatch.js';

/**
 * Clear text offered for a committed write, without the keys that were purged since; undefined when it is not what the
 * block's hashes say, or lacks keys that were not purged (core/ledger/kvledger/hashcheck_pvtdata.go).
 */
export function verifiedWrite(
    offered: ClearWrite,
    { hashed, privateSetHash }: CollectionReadWriteSet,
    purgedAt: (keyHash: string) => Version | undefined,
): ClearWrite | undefined {
    const isPurged = (keyHash: string): boolean => {
        const at = purgedAt(keyHash);
        return at !== undefined && !isAfter(offered.version, at);
    };
    const hashes = new Map(hashed.hashedWrites.map((write) => [hashedKey(asBuffer(write.keyHash)), write]));
    const lasting = new Map([...hashes].filter(([keyHash]) => !isPurged(keyHash)));
    if (lasting.size === hashes.size && sha256(offered.rwset).equals(privateSetHash)) return offered;
    if (hashes.size === 0) return undefined;
    if (lasting.size === 0) return { ...offered, rwset: Buffer.alloc(0) };
    const writes: kvrwset.KVWrite.$Properties[] = [];
    for (const write of parsed(offered.rwset).writes) {
        const keyHash = hashedKeyOf(write.key ?? '');
        const expected = lasting.get(keyHash);
        if (expected === undefined) continue;
        if (!isDelete(write) && !sha256(asBuffer(write.value)).equals(asBuffer(expected.valueHash))) return undefined;
        if (isDelete(write) !== (expected.isDelete === true)) return undefined;
        writes.push(write);
        lasting.delete(keyHash);
    }
    return lasting.size > 0 ? undefined : { ...offered, rwset: encode(kvrwset.KVRWSet, { writes }) };
}

/** Adds what of an old write is still the latest; the hashes in the state say what is. */
export function addOldWrite(
    { namespace, collection, version, rwset }: ClearWrite,
    updates: UpdateBatch,
    reader: StateReader,
): void {
    const { writes, metadataWrites } = parsed(rwset);
    const offered = new Map(
        writes.map((write) => [write.key ?? '', isDelete(write) ? undefined : asBuffer(write.value)]),
    );
    for (const key of new Set([...writes, ...metadataWrites].map((write) => write.key ?? ''))) {
        const hash = reader.getHashed(namespace, collection, hashOf(key));
        const known = reader.getPrivate(namespace, collection, key);
        // Metadata written since gave the hash a later version, but not another value.
        const latest = [offered.get(key), known?.value].find(
            (value) => value !== undefined && hash !== undefined && sha256(value).equals(hash.value),
        );
        if (latest !== undefined && hash !== undefined) {
            updates.putPrivate(namespace, collection, key, { value: latest, version: hash.version });
        } else if (known !== undefined && isAfter(version, known.version)) {
            updates.putPrivate(namespace, collection, key, { version });
        }
    }
}

function hashOf(key: string): Buffer {
    return sha256(Buffer.from(key));
}

function parsed(rwset: Buffer): kvrwset.KVRWSet {
    try {
        return decode(kvrwset.KVRWSet, rwset, 'private KVRWSet');
    } catch {
        return new kvrwset.KVRWSet();
    }
}
